namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>Reads files of other programs completely, up to a size limit.</summary>
internal static class ForeignFile
{
    /// <summary>Largest file of tensors, in bytes.</summary>
    public const long MaxTensorBytes = 1L << 30;

    /// <summary>Largest JSON file, in bytes: enough for one million documents, or for the vocabulary of the largest fit.</summary>
    public const long MaxJsonBytes = 64L << 20;

    /// <summary>Reads a file completely.</summary>
    /// <exception cref="InvalidDataException">The file is missing or larger than <paramref name="maxBytes"/>.</exception>
    public static byte[] ReadBytes(string directory, string file, long maxBytes)
    {
        FileInfo info = new(Path.Combine(directory, file));
        if (!info.Exists)
        {
            throw new InvalidDataException($"{file} is missing. The folder must be a model that BERTopic saved with "
                + "serialization=\"safetensors\".");
        }

        return info.Length <= maxBytes
            ? File.ReadAllBytes(info.FullName)
            : throw new InvalidDataException($"{file} has {info.Length} bytes; the limit is {maxBytes}.");
    }
}
