namespace TopicGrpc.Client.Maintenance;

/// <summary>
/// Writes files through the cache of the system (<c>O_SYNC</c> on Linux), so that a failing disk fails the write. A later flush would not
/// report it: the runtime ignores errors of <c>fsync</c>.
/// </summary>
internal static class DurableFile
{
    /// <summary>Writes a new file.</summary>
    /// <exception cref="IOException">The file exists, or the disk is full or failed.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using FileStream file = Create(path);
        file.Write(content);
    }

    /// <summary>Creates a new file whose writes are durable when they return.</summary>
    public static FileStream Create(string path) =>
        new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.WriteThrough);
}
