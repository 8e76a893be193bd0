namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>Settings of <see cref="TopicDistribution"/>; BERTopic's <c>approximate_distribution</c>.</summary>
public sealed record DistributionOptions
{
    /// <summary>Words in a window; Python <c>window</c>. 1 or more. Default 4.</summary>
    public int Window { get; init; } = 4;

    /// <summary>Words from one window to the next; Python <c>stride</c>. 1 or more. Default 1.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Similarities below count as 0; Python <c>min_similarity</c>. Default 0.1.</summary>
    public double MinSimilarity { get; init; } = 0.1;

    /// <summary>Also use the shorter windows at both ends of a text; Python <c>padding</c>. Default false.</summary>
    public bool Padding { get; init; }

    internal DistributionOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Stride, 1);
        return this;
    }
}
