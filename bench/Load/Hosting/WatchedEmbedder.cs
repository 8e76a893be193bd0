using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.Load.Hosting;

/// <summary>The encoder, and a count of its runs and of those that nobody wanted any more.</summary>
internal sealed class WatchedEmbedder(IEmbedder inner) : IEmbedder
{
    private long _runs;
    private long _late;
    private long _forNobody;

    /// <inheritdoc/>
    public EmbedderInfo Info => inner.Info;

    /// <summary>Runs.</summary>
    public long Runs => Interlocked.Read(ref _runs);

    /// <summary>Runs that began after their caller had gone.</summary>
    public long Late => Interlocked.Read(ref _late);

    /// <summary>Runs whose caller had gone when they ended.</summary>
    public long ForNobody => Interlocked.Read(ref _forNobody);

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
            Interlocked.Increment(ref _forNobody);
        }

        return cost;
    }
}
