using System.Text.Json;

namespace TopicGrpc.Onnx.Assets;

/// <summary>Contents of <c>asset.json</c>: the properties of an encoder, and its files with their hashes.</summary>
/// <param name="Name">Human-readable name.</param>
/// <param name="Dimension">Length of a vector.</param>
/// <param name="MaxTokens">Maximum number of tokens per text.</param>
/// <param name="Pooling">Pooling of token vectors; only <c>mean</c> is supported.</param>
/// <param name="Normalize">True if vectors are scaled to unit length; must be true.</param>
/// <param name="Vocabulary">WordPiece vocabulary.</param>
/// <param name="Weights">Weights file by precision, <c>full</c> and <c>fast</c>.</param>
internal sealed record EncoderManifest(
    string Name,
    int Dimension,
    int MaxTokens,
    string Pooling,
    bool Normalize,
    EncoderFile Vocabulary,
    IReadOnlyDictionary<string, EncoderFile> Weights)
{
    /// <summary>ISO 639-1 codes of the languages that the encoder covers; null if the manifest does not name them.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>File name of a manifest.</summary>
    public const string FileName = "asset.json";

    /// <summary>Parses and validates a manifest.</summary>
    /// <param name="path">Path of the file, for messages.</param>
    /// <param name="json">UTF-8 contents of the file.</param>
    /// <exception cref="InvalidDataException">The contents are not a manifest, or the encoder is not supported.</exception>
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
            throw new InvalidDataException($"Encoder manifest '{path}' lacks a valid name, dimension, maxTokens, vocabulary or weights.");
        }

        return manifest is { Pooling: "mean", Normalize: true }
            ? manifest
            : throw new InvalidDataException(
                $"Encoder manifest '{path}' is not supported: it must state mean pooling (\"pooling\": \"mean\") and \"normalize\": true.");
    }
}
