namespace TopicGrpc.Engine.Embeddings;

/// <summary>What embedding one text cost.</summary>
/// <param name="Tokens">Tokens given to the encoder, special tokens included.</param>
/// <param name="Truncated">Whether the text was longer than the encoder reads.</param>
/// <param name="Tokenization">Time spent on tokens.</param>
/// <param name="Inference">Time spent in the encoder.</param>
public readonly record struct EmbeddingCost(int Tokens, bool Truncated, TimeSpan Tokenization, TimeSpan Inference);
