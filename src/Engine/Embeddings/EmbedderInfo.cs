namespace TopicGrpc.Engine.Embeddings;

/// <summary>Identity of an encoder. Two encoders with equal <see cref="Sha256"/> give equal vectors.</summary>
/// <param name="Name">Name, for people: <c>all-MiniLM-L6-v2</c>.</param>
/// <param name="Precision">Which of its arithmetics: <c>full</c> or <c>fast</c>.</param>
/// <param name="Sha256">SHA-256 of the weights file, lower-case hexadecimal.</param>
/// <param name="Dimension">Length of a vector.</param>
/// <param name="MaxTokens">Tokens of a text that are read, special tokens included.</param>
public sealed record EmbedderInfo(string Name, string Precision, string Sha256, int Dimension, int MaxTokens);
