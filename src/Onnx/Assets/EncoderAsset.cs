using System.Security.Cryptography;
using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.Onnx.Assets;

/// <summary>
/// Files of an encoder, verified against the hashes of its manifest. Each file is read once, so the bytes in use are the
/// bytes that were hashed.
/// </summary>
internal sealed class EncoderAsset
{
    private EncoderAsset(EmbedderInfo info, IReadOnlyList<string> languages, byte[] weights, byte[] vocabulary)
    {
        Info = info;
        Languages = languages;
        Weights = weights;
        Vocabulary = vocabulary;
    }

    /// <summary>Identity, with the requested token limit.</summary>
    public EmbedderInfo Info { get; }

    /// <summary>Languages of the manifest.</summary>
    public IReadOnlyList<string> Languages { get; }

    /// <summary>ONNX graph with its weights.</summary>
    public byte[] Weights { get; }

    /// <summary>WordPiece vocabulary, UTF-8, one piece per line.</summary>
    public byte[] Vocabulary { get; }

    /// <summary>Reads and verifies the files.</summary>
    /// <param name="directory">Folder of the encoder.</param>
    /// <param name="precision">Key of the weights in the manifest.</param>
    /// <param name="maxTokens">Limit on the tokens of a text.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">The hash of a file differs from the manifest, or the manifest is invalid.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The encoder cannot read that many tokens.</exception>
    public static EncoderAsset Read(string directory, string precision, int maxTokens)
    {
        string manifestPath = Path.Combine(directory, EncoderManifest.FileName);
        var manifest = EncoderManifest.Parse(manifestPath, ReadFile(manifestPath));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxTokens, manifest.MaxTokens, nameof(EncoderManifest.MaxTokens));
        if (!manifest.Weights.TryGetValue(precision, out EncoderFile? file))
        {
            throw new InvalidDataException($"Encoder manifest '{manifestPath}' has no weights of precision {precision}.");
        }

        byte[] weights = ReadVerified(directory, file, out string sha256);
        byte[] vocabulary = ReadVerified(directory, manifest.Vocabulary, out _);
        return new EncoderAsset(
            new EmbedderInfo(manifest.Name, precision, sha256, manifest.Dimension, maxTokens),
            manifest.Languages ?? [],
            weights,
            vocabulary);
    }

    private static byte[] ReadVerified(string directory, EncoderFile file, out string sha256)
    {
        string path = Path.Combine(directory, file.File);
        byte[] bytes = ReadFile(path);
        sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return string.Equals(sha256, file.Sha256, StringComparison.OrdinalIgnoreCase)
            ? bytes
            : throw new InvalidDataException(
                $"Encoder file '{path}' is damaged or replaced: its SHA-256 is {sha256}, but {EncoderManifest.FileName} requires "
                + $"{file.Sha256}. Copy the file again from models/all-MiniLM-L6-v2 of the repository.");
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
                $"Encoder file '{path}' is missing. Copy the folder models/all-MiniLM-L6-v2 of the repository there, "
                + "or set the encoder folder in the options.",
                path,
                e);
        }
    }
}
