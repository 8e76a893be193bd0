using System.Security.Cryptography;
using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.Onnx.Assets;

/// <summary>An encoder's files, read and compared with the hashes in its manifest. What was hashed is what is handed on: no file is read twice.</summary>
internal sealed class EncoderAsset
{
    private EncoderAsset(EmbedderInfo info, byte[] weights, byte[] vocabulary)
    {
        Info = info;
        Weights = weights;
        Vocabulary = vocabulary;
    }

    /// <summary>Identity, with the limit asked for.</summary>
    public EmbedderInfo Info { get; }

    /// <summary>The graph with its weights.</summary>
    public byte[] Weights { get; }

    /// <summary>The word pieces.</summary>
    public byte[] Vocabulary { get; }

    /// <summary>Reads the files.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is not the one the manifest names.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="OnnxEmbedderOptions.MaxTokens"/> is out of range.</exception>
    public static EncoderAsset Read(OnnxEmbedderOptions options)
    {
        string directory = options.Directory ?? EncoderDirectory.FindDefault();
        string manifestPath = Path.Combine(directory, EncoderManifest.FileName);
        var manifest = EncoderManifest.Parse(manifestPath, ReadFile(manifestPath));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxTokens, 3, $"{nameof(options)}.{nameof(options.MaxTokens)}");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxTokens, manifest.MaxTokens, $"{nameof(options)}.{nameof(options.MaxTokens)}");
        string precision = PrecisionKey(options.Precision);
        if (!manifest.Weights.TryGetValue(precision, out EncoderFile? file))
        {
            throw new InvalidDataException($"Encoder manifest '{manifestPath}' names no weights of precision {precision}.");
        }

        byte[] weights = ReadVerified(directory, file, out string sha256);
        byte[] vocabulary = ReadVerified(directory, manifest.Vocabulary, out _);
        return new EncoderAsset(
            new EmbedderInfo(manifest.Name, precision, sha256, manifest.Dimension, options.MaxTokens), weights, vocabulary);
    }

    private static string PrecisionKey(EmbedderPrecision precision) => precision switch
    {
        EmbedderPrecision.Full => "full",
        EmbedderPrecision.Fast => "fast",
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "Precision is full or fast."),
    };

    private static byte[] ReadVerified(string directory, EncoderFile file, out string sha256)
    {
        string path = Path.Combine(directory, file.File);
        byte[] bytes = ReadFile(path);
        sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return string.Equals(sha256, file.Sha256, StringComparison.OrdinalIgnoreCase)
            ? bytes
            : throw new InvalidDataException(
                $"Encoder file '{path}' is damaged or another file: its SHA-256 is {sha256}, {EncoderManifest.FileName} says {file.Sha256}. "
                + "Copy it again from models/all-MiniLM-L6-v2 of the repository.");
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException(
                $"Encoder file '{path}' is missing. Copy the folder models/all-MiniLM-L6-v2 of the repository there, or name its place in the options.", path, e);
        }
    }
}
