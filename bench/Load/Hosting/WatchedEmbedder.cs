using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.Load.Hosting;

/// <summary>An encoder that counts inferences, including those whose caller is gone.</summary>
internal sealed class WatchedEmbedder(IEmbedder inner) : IEmbedder
{
    private long _runs;
    private long _late;
    private long _abandoned;

    /// <inheritdoc/>
    public EmbedderInfo Info => inner.Info;

    /// <summary>Number of inferences.</summary>
    public long Runs => Interlocked.Read(ref _runs);

    /// <summary>Inferences that started after their caller was gone.</summary>
    public long Late => Interlocked.Read(ref _late);

    /// <summary>Inferences whose caller was gone when they ended.</summary>
    public long Abandoned => Interlocked.Read(ref _abandoned);

    /// <inheritdoc/>
    public EmbeddingCost Embed(string text, Span<float> destination, CancellationToken cancellationToken)
    {
        bool isLate = cancellationToken.IsCancellationRequested;
        EmbeddingCost cost = inner.Embed(text, destination, cancellationToken);
        Interlocked.Increment(ref _runs);
        if (isLate)
        {
            Interlocked.Increment(ref _late);
        }

        if (cancellationToken.IsCancellationRequested)
        {
            Interlocked.Increment(ref _abandoned);
        }

        return cost;
    }
}
