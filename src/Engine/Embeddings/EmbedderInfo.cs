namespace TopicGrpc.Engine.Embeddings;

/// <summary>Identity of an encoder. Encoders with equal <see cref="Sha256"/> return equal vectors.</summary>
/// <param name="Name">Human-readable name, for example <c>all-MiniLM-L6-v2</c>.</param>
/// <param name="Precision">
/// Arithmetic: <c>full</c> (single precision) or <c>fast</c> (8-bit integers); another word for vectors made elsewhere.
/// </param>
/// <param name="Sha256">SHA-256 of the weights file, lowercase hexadecimal.</param>
/// <param name="Dimension">Length of a vector, d.</param>
/// <param name="MaxTokens">Maximum number of tokens per text, including special tokens; the rest is truncated.</param>
public sealed record EmbedderInfo(string Name, string Precision, string Sha256, int Dimension, int MaxTokens);
