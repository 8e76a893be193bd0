namespace TopicGrpc.Engine.Storage;

/// <summary>Reading and writing whole files.</summary>
public static class FileStorageExtensions
{
    /// <summary>Reads a file into an array.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="path">Path of the file.</param>
    /// <param name="maxBytes">Longest file that is read.</param>
    /// <returns>The content.</returns>
    /// <exception cref="InvalidDataException">The file is longer, or became shorter during the read.</exception>
    public static byte[] ReadBytes(this IFileStorage storage, string path, long maxBytes)
    {
        ArgumentNullException.ThrowIfNull(storage);
        using IStoredFile file = storage.Open(path, FileMode.Open, FileAccess.Read);
        long length = file.Length;
        if (length > maxBytes)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"{Path.GetFileName(path)} has {length} bytes; the limit is {maxBytes}."));
        }

        byte[] content = GC.AllocateUninitializedArray<byte>((int)length);
        return file.Read(content, 0) == content.Length
            ? content
            : throw new InvalidDataException($"{Path.GetFileName(path)} became shorter during the read.");
    }

    /// <summary>Writes a new file and flushes it. Its name is durable after <see cref="IFileStorage.FlushFolder"/>.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="path">Path of the file, which must be free.</param>
    /// <param name="content">The content.</param>
    public static void WriteNew(this IFileStorage storage, string path, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(storage);
        using IStoredFile file = storage.Open(path, FileMode.CreateNew, FileAccess.Write);
        file.Write(content, 0);
        file.Flush();
    }

    /// <summary>Deletes a folder and its content when it exists.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="path">Path of the folder.</param>
    public static void DeleteFolderIfExists(this IFileStorage storage, string path)
    {
        ArgumentNullException.ThrowIfNull(storage);
        if (storage.FolderExists(path))
        {
            storage.DeleteFolder(path);
        }
    }
}
