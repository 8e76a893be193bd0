using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.Server.Embedding;

/// <summary>
/// The server's encoder as the engine wants it, for the words that representations and guided fits embed: every text waits its turn in
/// the bulk queue, so that calls which somebody waits for go first. The caller's thread waits; it is one of a fit.
/// </summary>
internal sealed class QueuedEmbedder(EmbeddingExecutors executors, IEmbedder embedder) : IEmbedder
{
    /// <inheritdoc/>
    public EmbedderInfo Info => embedder.Info;

    /// <inheritdoc/>
    public EmbeddingCost Embed(string text, Span<float> destination, CancellationToken cancellationToken)
    {
        // From the pool: begun on the fit's own scheduler, its end would wait for the thread that waits for it.
        EmbeddingOutcome outcome = Task.Run(() => executors.EmbedAsync(text, EmbeddingPriority.Paced, deadline: null, cancellationToken), cancellationToken).GetAwaiter().GetResult();
        outcome.Vector.CopyTo(destination);
        return outcome.Cost;
    }
}
