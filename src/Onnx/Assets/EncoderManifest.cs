using System.Text.Json;

namespace TopicGrpc.Onnx.Assets;

/// <summary>Contents of <c>asset.json</c>: what an encoder is and which files, with which hashes, it is made of.</summary>
/// <param name="Name">Name, for people.</param>
/// <param name="Dimension">Length of a vector.</param>
/// <param name="MaxTokens">Most tokens of a text the encoder reads.</param>
/// <param name="Pooling">How token vectors become one; <c>mean</c> is the only kind known.</param>
/// <param name="Normalize">Whether vectors are scaled to unit length; must be true.</param>
/// <param name="Vocabulary">The word pieces.</param>
/// <param name="Weights">The graph for each precision, keyed <c>full</c> and <c>fast</c>.</param>
internal sealed record EncoderManifest(
    string Name,
    int Dimension,
    int MaxTokens,
    string Pooling,
    bool Normalize,
    EncoderFile Vocabulary,
    IReadOnlyDictionary<string, EncoderFile> Weights)
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "asset.json";

    /// <summary>Reads and checks a manifest.</summary>
    /// <param name="path">Path of the file, for messages.</param>
    /// <param name="json">Its contents.</param>
    /// <exception cref="InvalidDataException">Not such a manifest, or of a kind that is not supported.</exception>
    public static EncoderManifest Parse(string path, ReadOnlySpan<byte> json)
    {
        EncoderManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(json, EncoderManifestContext.Default.EncoderManifest);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"Encoder manifest '{path}' cannot be read: {e.Message}", e);
        }

        if (manifest is not { Name.Length: > 0, Dimension: > 0, MaxTokens: > 2, Vocabulary: not null, Weights: not null })
        {
            throw new InvalidDataException($"Encoder manifest '{path}' lacks name, dimension, maxTokens, vocabulary or weights.");
        }

        return manifest is { Pooling: "mean", Normalize: true }
            ? manifest
            : throw new InvalidDataException($"Encoder manifest '{path}' asks for other than mean pooling to unit length, which is all that is supported.");
    }
}
