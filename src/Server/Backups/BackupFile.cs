using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Server.Backups;

/// <summary>
/// A file of a snapshot. Its content below <paramref name="Length"/> does not change, except for the bytes of
/// <paramref name="Head"/>, which are in memory as of the snapshot.
/// </summary>
/// <param name="Path">Path relative to the data folder, with <c>/</c> between folders.</param>
/// <param name="Source">Path of the file.</param>
/// <param name="Length">Bytes of the copy.</param>
/// <param name="Head">First bytes of the copy; may be empty.</param>
internal sealed record BackupFile(string Path, string Source, long Length, byte[] Head)
{
    /// <summary>Replaced files of the data folder when the snapshot was taken; with another number, this file may be replaced.</summary>
    public long Replacements { get; init; }

    /// <summary>The version of the file; null for another file.</summary>
    public BackupVersion? Version { get; init; }

    /// <summary>Bytes of one block.</summary>
    public const int BlockBytes = 1 << 20;

    /// <summary>Number of blocks; the last one may be shorter.</summary>
    public long Blocks => (Length + BlockBytes - 1) / BlockBytes;

    /// <summary>Reads a block.</summary>
    /// <exception cref="EndOfStreamException">The file is shorter than the copy.</exception>
    public byte[] Read(IFileStorage files, long block)
    {
        using IStoredFile file = files.Open(Source, FileMode.Open, FileAccess.Read);
        return Read(file, block);
    }

    /// <summary>Reads a block of the opened file.</summary>
    /// <exception cref="EndOfStreamException">The file is shorter than the copy.</exception>
    public byte[] Read(IStoredFile file, long block)
    {
        long start = block * BlockBytes;
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)Math.Min(BlockBytes, Length - start));
        if (file.Read(bytes, start) != bytes.Length)
        {
            throw new EndOfStreamException($"'{Path}' became shorter during the backup.");
        }

        if (start < Head.Length)
        {
            Head.AsSpan((int)start, (int)Math.Min(bytes.Length, Head.Length - start)).CopyTo(bytes);
        }

        return bytes;
    }
}
