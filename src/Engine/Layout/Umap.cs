using System.Runtime.Intrinsics;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// Uniform manifold approximation and projection (McInnes, Healy and Melville 2018): maps documents to a few dimensions and
/// preserves their neighborhoods. Stages and constants are those of umap-learn 0.5.12. For one seed, the result is the same
/// for any number of threads. Thread-safe.
/// </summary>
public sealed class Umap
{
    /// <summary>Cosine distance of opposite vectors, whose documents share no information.</summary>
    private const float OppositeDistance = 2f;

    /// <summary>Largest number of documents whose positions, up to 64 bytes each for most settings, fit two L2 caches of 1 MB.</summary>
    private const int LargestInCache = 32_768;

    /// <summary>Positions per sample of negative samples; at 64 bytes each, a quarter of an L2 cache of 1 MB.</summary>
    private const int SampleSize = 4096;

    private readonly UmapOptions _options;
    private readonly int _largestInCache;

    /// <summary>Creates the stage.</summary>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentException">A setting is out of range; the message names it.</exception>
    public Umap(UmapOptions options)
        : this(options, LargestInCache)
    {
    }

    /// <summary>Creates the stage with another limit.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="largestInCache">
    /// Largest number of documents whose layout is computed in their own order. For more, the order of the graph and of the
    /// updates follows the cache.
    /// </param>
    internal Umap(UmapOptions options, int largestInCache)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Validated();
        _largestInCache = largestInCache;
    }

    /// <summary>Returns the number of epochs. Default: 500 for up to 10,000 documents, 200 above.</summary>
    internal static int EpochsFor(UmapOptions options, int rowCount) => options.EpochCount ?? DefaultEpochs(rowCount);

    /// <summary>Fits the layout.</summary>
    /// <param name="rows">Vectors, n × D, one row per document.</param>
    /// <param name="neighbors">Neighbors of these rows; column 0 is the row itself.</param>
    /// <param name="targets">
    /// Class of each document for a semi-supervised layout, −1 for unlabeled documents; null for an unsupervised layout.
    /// </param>
    /// <param name="compute">Threads.</param>
    /// <param name="progress">Receives the fraction done, 0 to 1; null for none.</param>
    /// <param name="cancellationToken">Cancels the fit within one epoch.</param>
    /// <returns>Fitted layout, which can place new documents.</returns>
    /// <exception cref="ArgumentException">The number of neighbor rows or targets is not n.</exception>
    public UmapModel Fit(
        Matrix rows,
        NeighborTable neighbors,
        int[]? targets,
        ComputeOptions compute,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        return Fit(rows, neighbors, targets, [], compute, progress, cancellationToken).Model;
    }

    /// <summary>Fits the layout and variants of it, which share the graph and the initialization.</summary>
    /// <param name="rows">Vectors, n × D.</param>
    /// <param name="neighbors">Neighbors of these rows.</param>
    /// <param name="targets">Class of each document; null for an unsupervised layout.</param>
    /// <param name="variants">
    /// Settings of the variants. They differ from the settings of the layout in epochs, negative samples, repulsion or seed only.
    /// </param>
    /// <param name="compute">Threads.</param>
    /// <param name="progress">Receives the fraction done; null for none.</param>
    /// <param name="cancellationToken">Cancels the fit within one epoch.</param>
    /// <returns>The layout, with the same bits as without variants, and the positions of each variant, n × d.</returns>
    internal (UmapModel Model, Matrix[] Variants) Fit(
        Matrix rows,
        NeighborTable neighbors,
        int[]? targets,
        IReadOnlyList<UmapOptions> variants,
        ComputeOptions compute,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(neighbors);
        ArgumentNullException.ThrowIfNull(compute);
        if (neighbors.RowCount != rows.Rows)
        {
            throw new ArgumentException(
                $"{rows.Rows} rows require neighbors for as many rows, but there are {neighbors.RowCount}.", nameof(neighbors));
        }

        if (targets is not null && targets.Length != rows.Rows)
        {
            throw new ArgumentException($"{rows.Rows} rows require as many targets, but there are {targets.Length}.", nameof(targets));
        }

        (double A, double B) curve = CurveFit.Fit(_options.Spread, _options.MinDistance);
        if (rows.Rows <= 1)
        {
            Matrix single = new(rows.Rows, _options.ComponentCount);
            return (new UmapModel(_options, curve.A, curve.B, rows, single), [.. variants.Select(_ => single)]);
        }

        int threads = compute.Threads;
        Preparation prepared = Prepare(rows, neighbors, targets, threads, cancellationToken);
        var positions = new Matrix[1 + variants.Count];
        for (int i = 0; i < positions.Length; i++)
        {
            UmapOptions options = i == 0 ? _options : variants[i - 1].Validated();
            IProgress<double>? part = progress is null ? null : new Part(progress, i, positions.Length);
            positions[i] = Optimize(prepared, options, curve, threads, part, cancellationToken);
        }

        SearchGraph? search = rows.Rows > NeighborSearch.LargestExact
            ? SearchGraph.Create(rows, neighbors, _options.Metric, compute, cancellationToken)
            : null;
        return (new UmapModel(_options, curve.A, curve.B, rows, positions[0], search), positions[1..]);
    }

    internal CsrMatrix<float> Graph(NeighborTable neighbors, int[]? targets, int threads, CancellationToken cancellationToken)
    {
        (float[] Rho, float[] Sigma) scales = LocalScale.Of(neighbors, _options.LocalConnectivity, threads, cancellationToken);
        float farthest = _options.Metric == DistanceMetric.Cosine ? OppositeDistance : float.PositiveInfinity;
        double mixRatio = _options.SetOperationMixRatio;
        CsrMatrix<float> graph = FuzzyGraph.Build(neighbors, scales, farthest, mixRatio, threads, cancellationToken);
        return targets is null ? graph : TargetIntersection.Apply(graph, targets, threads, cancellationToken);
    }

    private Preparation Prepare(
        Matrix rows, NeighborTable neighbors, int[]? targets, int threads, CancellationToken cancellationToken)
    {
        int[]? order = null;
        CsrMatrix<float> graph = Trimmed(Graph(neighbors, targets, threads, cancellationToken), rows.Rows);
        StageGarbage.Collect(rows.Rows);
        if (rows.Rows > _largestInCache)
        {
            order = LocalityOrder.Of(graph, cancellationToken);
            graph = LocalityOrder.Apply(graph, order);
            StageGarbage.Collect(rows.Rows);
        }

        float[] start = new SpectralStart(rows, graph, _options, threads, cancellationToken) { RowOf = order }.Create();
        StageGarbage.Collect(rows.Rows);
        return new Preparation(start, order is null ? LayoutSchedule.Of(graph) : LayoutSchedule.InOrder(graph), order);
    }

    private CsrMatrix<float> Trimmed(CsrMatrix<float> graph, int rowCount)
    {
        int epochs = EpochsFor(_options, rowCount);
        float heaviest = graph.Values.Length == 0 ? 0f : System.Numerics.Tensors.TensorPrimitives.Max<float>(graph.Values);
        return GraphTrim.Above(graph, heaviest / (epochs > 10 ? epochs : DefaultEpochs(rowCount)));
    }

    private static Matrix Optimize(
        Preparation prepared,
        UmapOptions options,
        (double A, double B) curve,
        int threads,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        int epochs = EpochsFor(options, prepared.Start.Length / options.ComponentCount);
        int samples = prepared.Order is null ? NegativeSamples<Point8>.All : SampleSize;
        return options.ComponentCount switch
        {
            <= 8 => Run<Point8>(),
            <= 16 => Vector512.IsHardwareAccelerated ? Run<Point16>() : Run<PointPair<Point8>>(),
            <= 32 => Run<PointPair<PointPair<Point8>>>(),
            _ => Run<PointPair<PointPair<PointPair<Point8>>>>(),
        };

        Matrix Run<TPoint>()
            where TPoint : struct, IPoint<TPoint>
        {
            LayoutOptimizer<TPoint> optimizer = new(prepared.Schedule, prepared.Start, options, curve, epochs, samples);
            return optimizer.Run(prepared.Order, threads, progress, cancellationToken);
        }
    }

    private static int DefaultEpochs(int rowCount) => rowCount <= 10_000 ? 500 : 200;

    /// <summary>What a layout and its variants share.</summary>
    /// <param name="Start">Positions at the start, n × d in the order of the vertices.</param>
    /// <param name="Schedule">Schedule of the edges.</param>
    /// <param name="Order">Document of each vertex; null if vertices are documents.</param>
    private sealed record Preparation(float[] Start, LayoutSchedule Schedule, int[]? Order);

    private sealed class Part(IProgress<double> whole, int index, int count) : IProgress<double>
    {
        public void Report(double value) => whole.Report((index + value) / count);
    }
}
