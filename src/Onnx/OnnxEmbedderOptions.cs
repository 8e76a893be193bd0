using TopicGrpc.Onnx.Assets;

namespace TopicGrpc.Onnx;

/// <summary>Settings of an encoder.</summary>
public sealed record OnnxEmbedderOptions
{
    /// <summary>Minimum: <c>[CLS]</c>, one token and <c>[SEP]</c>.</summary>
    private const int LeastTokens = 3;

    /// <summary>
    /// Encoder folder with <c>asset.json</c>, the weights and the vocabulary. Default null:
    /// <see cref="EncoderDirectory.FindDefault"/>.
    /// </summary>
    public string? Directory { get; init; }

    /// <summary>Precision of the weights. Default <see cref="EmbedderPrecision.Full"/>.</summary>
    public EmbedderPrecision Precision { get; init; } = EmbedderPrecision.Full;

    /// <summary>
    /// Maximum number of tokens per text, including <c>[CLS]</c> and <c>[SEP]</c>; 3 to the limit of the encoder. Longer
    /// texts are truncated. Default 256.
    /// </summary>
    public int MaxTokens { get; init; } = 256;

    /// <summary>Key of the weights in the encoder manifest.</summary>
    private string PrecisionKey => Precision switch
    {
        EmbedderPrecision.Full => "full",
        EmbedderPrecision.Fast => "fast",
        _ => throw new ArgumentOutOfRangeException(nameof(Precision), Precision, "The precision must be Full or Fast."),
    };

    /// <summary>Reads and verifies the files of the encoder.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">The hash of a file differs from the manifest, or the manifest is invalid.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    internal EncoderAsset ReadAsset()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTokens, LeastTokens);
        return EncoderAsset.Read(Directory ?? EncoderDirectory.FindDefault(), PrecisionKey, MaxTokens);
    }
}
