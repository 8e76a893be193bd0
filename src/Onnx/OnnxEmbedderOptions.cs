using TopicGrpc.Onnx.Assets;

namespace TopicGrpc.Onnx;

/// <summary>Which encoder to open.</summary>
public sealed record OnnxEmbedderOptions
{
    /// <summary><c>[CLS]</c>, one token and <c>[SEP]</c>.</summary>
    private const int LeastTokens = 3;

    /// <summary>Folder with <c>asset.json</c>, the weights and the vocabulary. Default: <see cref="EncoderDirectory.FindDefault"/>.</summary>
    public string? Directory { get; init; }

    /// <summary>Which weights. Default: <see cref="EmbedderPrecision.Full"/>.</summary>
    public EmbedderPrecision Precision { get; init; } = EmbedderPrecision.Full;

    /// <summary>Tokens of a text that are read, <c>[CLS]</c> and <c>[SEP]</c> included; 3 to the encoder's own limit. Default 256.</summary>
    public int MaxTokens { get; init; } = 256;

    /// <summary>Key of the weights in the encoder's manifest.</summary>
    private string PrecisionKey => Precision switch
    {
        EmbedderPrecision.Full => "full",
        EmbedderPrecision.Fast => "fast",
        _ => throw new ArgumentOutOfRangeException(nameof(Precision), Precision, "The precision must be Full or Fast."),
    };

    /// <summary>Reads the files of the chosen encoder.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is not the one the manifest names.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    internal EncoderAsset ReadAsset()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTokens, LeastTokens);
        return EncoderAsset.Read(Directory ?? EncoderDirectory.FindDefault(), PrecisionKey, MaxTokens);
    }
}
