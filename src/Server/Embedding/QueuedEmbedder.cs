using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.Server.Embedding;

/// <summary>
/// The server's encoder for the engine: representations and guided fits embed words through the bulk queue, so that interactive calls take
/// precedence. Blocks the calling thread, which belongs to a fit.
/// </summary>
internal sealed class QueuedEmbedder(EmbeddingExecutors executors, IEmbedder embedder) : IEmbedder
{
    /// <inheritdoc/>
    public EmbedderInfo Info => embedder.Info;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Languages => embedder.Languages;

    /// <inheritdoc/>
    public EmbeddingCost Embed(string text, Span<float> destination, CancellationToken cancellationToken)
    {
        // Runs on the thread pool: on the fit's scheduler the continuation would deadlock behind this wait.
        Task<EmbeddingOutcome> embedding = Task.Run(
            () => executors.EmbedAsync(text, EmbeddingPriority.Paced, deadline: null, cancellationToken),
            cancellationToken);
        EmbeddingOutcome outcome = embedding.GetAwaiter().GetResult();
        outcome.Vector.CopyTo(destination);
        return outcome.Cost;
    }
}
