namespace TopicGrpc.Engine.Clusters.Layers;

/// <summary>
/// Clusters at several resolutions of one density tree: the leaves at the smallest cluster size, and those at the sizes at which they
/// persist longest. Source: PLSCAN (Bot, McInnes and Aerts 2025, "Persistent multiscale density-based clustering", arXiv 2512.16558), as
/// <c>PLSCAN</c> of fast_hdbscan 0.3 with <c>reproducible</c>. Two clusters of different layers are disjoint, or the cluster of the coarser
/// layer contains the other. Depends on the tree only. Immutable.
/// </summary>
public sealed class ClusterLayers
{
    private readonly CondensedTree _tree;
    private readonly SizeBarcode _barcode;
    private readonly DistanceScale _scale;
    private readonly int _baseSize;

    private ClusterLayers(
        IReadOnlyList<ClusterLayer> layers,
        CondensedTree tree,
        SizeBarcode barcode,
        PersistenceTrace trace,
        DistanceScale scale,
        int baseSize)
    {
        (_tree, _barcode, _scale, _baseSize) = (tree, barcode, scale, baseSize);
        Layers = layers;
        MinClusterSizes = trace.Sizes;
        TotalPersistence = trace.Totals;
    }

    /// <summary>The layers, most clusters first. The first one is the finest. Empty if the tree does not split.</summary>
    public IReadOnlyList<ClusterLayer> Layers { get; }

    /// <summary>Minimum cluster sizes at which the leaves of the tree change, ascending. Python <c>min_cluster_sizes_</c>.</summary>
    public int[] MinClusterSizes { get; }

    /// <summary>Total persistence at each of these sizes. Python <c>total_persistence_</c>.</summary>
    public double[] TotalPersistence { get; }

    /// <summary>
    /// Index of the layer with the highest persistence, PLSCAN's own choice; the first among equal ones, −1 without layers.
    /// </summary>
    public int MostPersistent
    {
        get
        {
            int best = Layers.Count - 1;
            for (int layer = best - 1; layer >= 0; layer--)
            {
                best = Layers[layer].Persistence >= Layers[best].Persistence ? layer : best;
            }

            return best;
        }
    }

    /// <summary>
    /// Finds the layers in the tree of a cluster model. <see cref="HdbscanOptions.MinClusterSize"/> of the model has no effect.
    /// </summary>
    /// <param name="model">Model of the tree.</param>
    /// <param name="options">Settings.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The layers; none if no split of the tree has enough points on both sides.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static ClusterLayers Find(HdbscanModel model, LayerOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        options = options.Validated();
        var tree = CondensedTree.Build(model.Linkage, options.MinClusterSize);
        var barcode = SizeBarcode.Of(tree, options.MinClusterSize);
        DistanceScale scale = model.Scale(cancellationToken);
        var trace = PersistenceTrace.Compute(tree, barcode, scale, cancellationToken);
        if (tree.ClusterCount == 1)
        {
            return new ClusterLayers([], tree, barcode, trace, scale, options.MinClusterSize);
        }

        List<int> peaks = trace.DiversePeaks(options.MaxSimilarity, options.MaxLayers - 1);
        List<LayerCut> cuts = [LayerCut.At(tree, barcode, options.MinClusterSize, options.MinClusterSize, 0)];
        foreach (int peak in peaks)
        {
            cuts.Add(LayerCut.At(tree, barcode, options.MinClusterSize, trace.Sizes[peak], trace.Totals[peak]));
        }

        LayerCut[] sorted = [.. cuts.OrderByDescending(static cut => cut.Selected.Length).ThenBy(static cut => cut.MinClusterSize)];
        var layers = new ClusterLayer[sorted.Length];
        for (int layer = 0; layer < layers.Length; layer++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            layers[layer] = sorted[layer].Label(tree, scale, sorted.AsSpan(layer + 1), layer + 1);
        }

        return new ClusterLayers(layers, tree, barcode, trace, scale, options.MinClusterSize);
    }

    /// <summary>
    /// Returns the most persistent layer with at least two and at most a number of clusters, which need not be a peak of the persistence;
    /// null if there is none. Of equal ones, the one with more clusters.
    /// </summary>
    internal ClusterLayer? WithAtMost(int clusters)
    {
        LayerCut? best = null;
        for (int i = 1; i < MinClusterSizes.Length; i++)
        {
            if (best is null || TotalPersistence[i] > best.Persistence)
            {
                var cut = LayerCut.At(_tree, _barcode, _baseSize, MinClusterSizes[i], TotalPersistence[i]);
                best = cut.Selected.Length >= 2 && cut.Selected.Length <= clusters ? cut : best;
            }
        }

        return best?.Label(_tree, _scale, [], firstCoarser: 1);
    }

    /// <summary>Returns the layer of one minimum cluster size.</summary>
    internal static ClusterLayer Cut(HdbscanModel model, int baseSize, int size, CancellationToken cancellationToken)
    {
        var tree = CondensedTree.Build(model.Linkage, baseSize);
        var barcode = SizeBarcode.Of(tree, baseSize);
        return LayerCut.At(tree, barcode, baseSize, size, 0).Label(tree, model.Scale(cancellationToken), [], 1);
    }
}
