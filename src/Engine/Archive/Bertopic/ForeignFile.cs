namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>Reads whole files that others wrote, up to a limit.</summary>
internal static class ForeignFile
{
    /// <summary>
    /// A million documents and topics of a hundred words make some ten megabytes of JSON; a file beyond this is none of BERTopic's light
    /// ones.
    /// </summary>
    public const long MostBytes = 1L << 30;

    /// <exception cref="InvalidDataException">The file is missing or larger than <see cref="MostBytes"/>.</exception>
    public static byte[] ReadBytes(string directory, string file)
    {
        FileInfo info = new(Path.Combine(directory, file));
        if (!info.Exists)
        {
            throw new InvalidDataException($"{file} is missing. The folder must be a model that BERTopic saved with "
                + "serialization=\"safetensors\".");
        }

        return info.Length <= MostBytes
            ? File.ReadAllBytes(info.FullName)
            : throw new InvalidDataException($"{file} has {info.Length} bytes; at most {MostBytes} are read.");
    }
}
