namespace TopicGrpc.Onnx;

/// <summary>Which encoder to open.</summary>
public sealed record OnnxEmbedderOptions
{
    /// <summary>Folder with <c>asset.json</c>, the weights and the vocabulary. Default: <see cref="EncoderDirectory.FindDefault"/>.</summary>
    public string? Directory { get; init; }

    /// <summary>Which weights. Default: <see cref="EmbedderPrecision.Full"/>.</summary>
    public EmbedderPrecision Precision { get; init; } = EmbedderPrecision.Full;

    /// <summary>Tokens of a text that are read, <c>[CLS]</c> and <c>[SEP]</c> included; 3 to the encoder's own limit. Default 256.</summary>
    public int MaxTokens { get; init; } = 256;
}
