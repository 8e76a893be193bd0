namespace TopicGrpc.Engine.Archive;

/// <summary>Where a loaded model keeps files that are too large for private memory.</summary>
/// <param name="Folder">Folder whose disk holds scratch files.</param>
/// <param name="HasRoom">Returns whether the disk has room for a number of bytes.</param>
public sealed record ArchiveScratch(string Folder, Func<long, bool> HasRoom)
{
    /// <summary>
    /// Size in bytes from which a file of the archive is copied to a scratch file instead of native memory. Default 64 MiB: the copy is
    /// also written to the disk, so it pays only if the memory counts.
    /// </summary>
    public long LeastBytes { get; init; } = 64L << 20;
}
