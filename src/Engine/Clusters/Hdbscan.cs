using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// HDBSCAN (Campello, Moulavi, Zimek and Sander 2015) with an exact minimum spanning tree, Euclidean distance and
/// prediction data, as hdbscan 0.8. Row numbers break ties between edges, so the result depends on the points alone.
/// Thread-safe.
/// </summary>
public sealed class Hdbscan
{
    /// <summary>Fraction of the progress that the neighbor search accounts for.</summary>
    private const double NeighborShare = 0.5;

    private readonly HdbscanOptions _options;

    /// <summary>Creates the stage.</summary>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public Hdbscan(HdbscanOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Validated();
    }

    /// <summary>Clusters the points.</summary>
    /// <param name="points">Coordinates, n × d with n ≥ 1 and d ≥ 1, all finite. The model holds the matrix; it must not change.</param>
    /// <param name="compute">Threads.</param>
    /// <param name="progress">Receives the fraction done, 0 to 1; null for none.</param>
    /// <param name="cancellationToken">Cancels between blocks of points.</param>
    /// <returns>
    /// Model of the clusters. With fewer points than <see cref="HdbscanOptions.MinClusterSize"/>, all points are outliers.
    /// </returns>
    /// <exception cref="ArgumentException">There are no points, or a coordinate is not finite.</exception>
    public HdbscanModel Fit(Matrix points, ComputeOptions compute, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        CheckPoints(points);
        ArgumentNullException.ThrowIfNull(compute);
        var tree = KdTree.Build(points);
        (SpanningTree edges, double[] core, DistanceScale scale) = Connect(tree, compute, progress, cancellationToken);
        StageGarbage.Collect(tree.Count);
        var linkage = SingleLinkageTree.FromEdges(edges);
        HdbscanState state = new(_options, points, core, linkage.Left, linkage.Right, linkage.Distances);
        return new HdbscanModel(state, tree, scale);
    }

    /// <summary>
    /// Returns the spanning tree by (weight, lower row, higher row), the core distance of each row for predictions, and the scale of the
    /// core distances of the fit.
    /// </summary>
    internal (SpanningTree Edges, double[] PredictionCore, DistanceScale Scale) Connect(
        KdTree tree,
        ComputeOptions compute,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        int minSamples = _options.EffectiveMinSamples(tree.Count);
        var neighbors = NeighborLists.Find(tree, minSamples, compute, cancellationToken);
        progress?.Report(NeighborShare);

        MutualReachability graph = new(tree, neighbors.SquaredCore, _options.Alpha);
        SpanningTree edges = BoruvkaSpanningTree.Build(graph, neighbors, compute, new Remaining(progress), cancellationToken);
        edges.Sort();
        return (edges, neighbors.PredictionCore, DistanceScale.Of(neighbors.SquaredCore));
    }

    internal static void CheckPoints(Matrix points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Rows == 0 || points.Columns == 0)
        {
            throw new ArgumentException(
                $"{points.Rows} points × {points.Columns} coordinates; clustering requires at least one of each.", nameof(points));
        }

        int bad = points.Span.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (bad >= 0)
        {
            throw new ArgumentException(
                $"Point {bad / points.Columns} has a coordinate of {points.Span[bad]}; coordinates must be finite.", nameof(points));
        }
    }

    private sealed class Remaining(IProgress<double>? progress) : IProgress<double>
    {
        public void Report(double value) => progress?.Report(NeighborShare + ((1.0 - NeighborShare) * value));
    }
}
