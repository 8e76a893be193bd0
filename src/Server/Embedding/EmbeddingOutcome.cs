using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.Server.Embedding;

/// <summary>The embedding of a text and its cost.</summary>
/// <param name="Vector">Unit-length embedding.</param>
/// <param name="Cost">Tokens and times of the encoder.</param>
/// <param name="Queue">Time that the text waited.</param>
internal sealed record EmbeddingOutcome(float[] Vector, EmbeddingCost Cost, TimeSpan Queue)
{
    /// <summary>Whether all numbers of the embedding are finite; otherwise the encoder failed on the text.</summary>
    public bool IsFinite => Array.TrueForAll(Vector, float.IsFinite);
}
