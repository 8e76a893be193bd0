namespace TopicGrpc.Onnx.Tokens;

/// <summary>How many ids a text gave.</summary>
/// <param name="Count">Ids written, special tokens included.</param>
/// <param name="Truncated">Whether the text had more.</param>
internal readonly record struct TokenIds(int Count, bool Truncated);
