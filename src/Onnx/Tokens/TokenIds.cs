namespace TopicGrpc.Onnx.Tokens;

/// <summary>Result of tokenizing a text.</summary>
/// <param name="Count">Number of ids, including special tokens.</param>
/// <param name="Truncated">True if the text was truncated.</param>
internal readonly record struct TokenIds(int Count, bool Truncated);
