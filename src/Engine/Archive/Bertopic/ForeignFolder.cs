using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>A folder with files of another program, which are read up to a size limit.</summary>
internal sealed class ForeignFolder(IFileStorage storage, string path)
{
    /// <summary>Largest file of tensors, in bytes.</summary>
    public const long MaxTensorBytes = 1L << 30;

    /// <summary>Largest JSON file, in bytes: enough for one million documents, or for the vocabulary of the largest fit.</summary>
    public const long MaxJsonBytes = 64L << 20;

    /// <summary>Largest <c>config.json</c>, in bytes: it has parameters only, of which an import keeps 64 KiB.</summary>
    public const long MaxConfigBytes = 1L << 20;

    /// <summary>Returns whether the folder has a file.</summary>
    public bool Has(string file) => storage.FileExists(Path.Combine(path, file));

    /// <summary>Reads a file completely.</summary>
    /// <exception cref="InvalidDataException">The file is missing or larger than <paramref name="maxBytes"/>.</exception>
    public byte[] ReadBytes(string file, long maxBytes) => Has(file)
        ? storage.ReadBytes(Path.Combine(path, file), maxBytes)
        : throw Missing(file);

    /// <summary>Opens a file.</summary>
    /// <exception cref="InvalidDataException">The file is missing or larger than <paramref name="maxBytes"/>.</exception>
    public IStoredFile Open(string file, long maxBytes)
    {
        IStoredFile content = Has(file) ? storage.Open(Path.Combine(path, file), FileMode.Open, FileAccess.Read) : throw Missing(file);
        long length = content.Length;
        if (length <= maxBytes)
        {
            return content;
        }

        content.Dispose();
        throw new InvalidDataException(FormattableString.Invariant($"{file} has {length} bytes; the limit is {maxBytes}."));
    }

    private static InvalidDataException Missing(string file) =>
        new($"{file} is missing. The folder must be a model that BERTopic saved with serialization=\"safetensors\".");
}
