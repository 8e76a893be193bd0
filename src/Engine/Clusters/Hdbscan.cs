using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// HDBSCAN (Campello, Moulavi, Zimek, Sander 2015) with an exact spanning tree, Euclidean distance and prediction data.
/// Ties between edges are broken by row number, so the result depends on the points alone.
/// </summary>
public sealed class Hdbscan
{
    /// <summary>Share of the time that the nearest neighbors take, for the progress.</summary>
    private const double NeighborShare = 0.5;

    private readonly HdbscanOptions _options;

    /// <summary>Creates the stage.</summary>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public Hdbscan(HdbscanOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Validated();
    }

    /// <summary>Clusters the points.</summary>
    /// <param name="points">n × d coordinates, n 1 or more, all finite. The matrix is kept by the model and must not change.</param>
    /// <param name="compute">Threads.</param>
    /// <param name="progress">Receives the fraction done.</param>
    /// <param name="cancellationToken">Cancels between blocks of points.</param>
    /// <returns>The model. Fewer points than <see cref="HdbscanOptions.MinClusterSize"/> give outliers only.</returns>
    /// <exception cref="ArgumentException">No points, or a coordinate that is not finite.</exception>
    public HdbscanModel Fit(Matrix points, ComputeOptions compute, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        CheckPoints(points);
        ArgumentNullException.ThrowIfNull(compute);
        var tree = KdTree.Build(points);
        (SpanningTree edges, double[] core) = Connect(tree, compute, progress, cancellationToken);
        edges.Sort();
        var linkage = SingleLinkageTree.FromEdges(edges);
        HdbscanState state = new(_options, points, core, linkage.Left, linkage.Right, linkage.Distances);
        return new HdbscanModel(state, tree);
    }

    /// <summary>The spanning tree alone, by (weight, lower row, higher row).</summary>
    internal SpanningTree SpanningTreeOf(Matrix points)
    {
        (SpanningTree edges, _) = Connect(KdTree.Build(points), ComputeOptions.Default, null, CancellationToken.None);
        edges.Sort();
        return edges;
    }

    private (SpanningTree Edges, double[] PredictionCore) Connect(KdTree tree, ComputeOptions compute, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        int minSamples = _options.EffectiveMinSamples(tree.Count);
        var neighbors = NeighborLists.Find(tree, minSamples, compute, cancellationToken);
        progress?.Report(NeighborShare);

        // The fit counts min_samples other points, prediction counts the point itself as the first: two distances.
        double[] squaredCore = new double[tree.Count];
        double[] predictionCore = new double[tree.Count];
        for (int row = 0; row < squaredCore.Length; row++)
        {
            ReadOnlySpan<double> distances = neighbors.DistancesOf(row);
            squaredCore[row] = distances[Math.Min(minSamples, distances.Length - 1)];
            predictionCore[row] = Math.Sqrt(distances[minSamples - 1]);
        }

        MutualReachability graph = new(tree, squaredCore, _options.Alpha);
        return (BoruvkaSpanningTree.Build(graph, neighbors, compute, new Remaining(progress), cancellationToken), predictionCore);
    }

    internal static void CheckPoints(Matrix points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Rows == 0 || points.Columns == 0)
        {
            throw new ArgumentException($"{points.Rows} points of {points.Columns} coordinates: there is nothing to cluster.", nameof(points));
        }

        int bad = points.Span.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (bad >= 0)
        {
            throw new ArgumentException($"Point {bad / points.Columns} has the coordinate {points.Span[bad]}; all coordinates must be finite.", nameof(points));
        }
    }

    private sealed class Remaining(IProgress<double>? progress) : IProgress<double>
    {
        public void Report(double value) => progress?.Report(NeighborShare + ((1.0 - NeighborShare) * value));
    }
}
