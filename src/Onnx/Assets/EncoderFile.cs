namespace TopicGrpc.Onnx.Assets;

/// <summary>A file of an encoder.</summary>
/// <param name="File">File name within the encoder folder.</param>
/// <param name="Sha256">Expected SHA-256, hexadecimal.</param>
internal sealed record EncoderFile(string File, string Sha256);
