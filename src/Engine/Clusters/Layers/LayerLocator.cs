namespace TopicGrpc.Engine.Clusters.Layers;

/// <summary>
/// Finds the clusters of a point in several layers of one tree, by the rule of
/// <see cref="HdbscanModel.Predict(ReadOnlySpan{float}, Span{double})"/>. Thread-safe.
/// </summary>
internal sealed class LayerLocator
{
    private readonly HdbscanModel _model;
    private readonly CondensedTree _tree;
    private readonly LayerCut[] _cuts;

    /// <param name="model">Model of the tree.</param>
    /// <param name="baseSize">Minimum cluster size of the tree of all layers.</param>
    /// <param name="sizes">Minimum cluster size of each layer.</param>
    public LayerLocator(HdbscanModel model, int baseSize, IReadOnlyList<int> sizes)
    {
        _model = model;
        _tree = CondensedTree.Build(model.Linkage, baseSize);
        var barcode = SizeBarcode.Of(_tree, baseSize);
        _cuts = [.. sizes.Select(size => LayerCut.At(_tree, barcode, baseSize, size, persistence: 0))];
    }

    /// <summary>Returns the cluster of a training point in a layer; −1 for an outlier.</summary>
    public int LabelOf(int layer, int point) => _cuts[layer].OwnerOf(_tree.PointCluster[point]);

    /// <summary>Finds the cluster of a new point in each layer.</summary>
    /// <param name="point">Coordinates in the layout, all finite.</param>
    /// <param name="labels">Receives one cluster per layer; −1 for an outlier.</param>
    public void Locate(ReadOnlySpan<double> point, Span<int> labels)
    {
        (int neighbor, double distance) = _model.Predictor.Connect(point);
        int cluster = _tree.PointCluster[neighbor];
        double lambda = distance > 0 ? Math.Min(1.0 / distance, _tree.DuplicateLambda) : _tree.DuplicateLambda;
        if (_tree.PointLambda[neighbor] > lambda)
        {
            while (cluster > 0 && _tree.Births[cluster] >= lambda)
            {
                cluster = _tree.Parents[cluster];
            }
        }

        for (int layer = 0; layer < _cuts.Length; layer++)
        {
            labels[layer] = _cuts[layer].OwnerOf(cluster);
        }
    }
}
