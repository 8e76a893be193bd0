namespace TopicGrpc.Engine.Neighbors;

/// <summary>Settings of the neighbor search.</summary>
public sealed record NeighborOptions
{
    /// <summary>Neighbors per document, including the document itself; Python <c>n_neighbors</c>. At least 2. Default 15.</summary>
    public int NeighborCount { get; init; } = 15;

    /// <summary>Distance metric; Python <c>metric</c>. Default cosine.</summary>
    public DistanceMetric Metric { get; init; } = DistanceMetric.Cosine;

    /// <summary>Search algorithm. Default: exact up to <see cref="NeighborSearch.LargestExact"/> rows, descent above.</summary>
    public NeighborMethod Method { get; init; } = NeighborMethod.Automatic;
}
