using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.Server.Embedding;

/// <summary>A text embedded.</summary>
/// <param name="Vector">Unit-length vector.</param>
/// <param name="Cost">What it cost.</param>
/// <param name="Queue">How long the text waited.</param>
internal sealed record EmbeddingOutcome(float[] Vector, EmbeddingCost Cost, TimeSpan Queue);
