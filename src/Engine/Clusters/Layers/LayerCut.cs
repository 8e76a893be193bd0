namespace TopicGrpc.Engine.Clusters.Layers;

/// <summary>The clusters of one layer: disjoint nodes of the condensed tree.</summary>
internal sealed class LayerCut
{
    private readonly int[] _owner;

    private LayerCut(CondensedTree tree, int minClusterSize, double persistence, Func<int, bool> isSelected)
    {
        MinClusterSize = minClusterSize;
        Persistence = persistence;
        _owner = new int[tree.ClusterCount];
        List<int> selected = [];
        for (int cluster = 0; cluster < _owner.Length; cluster++)
        {
            _owner[cluster] = cluster > 0 ? _owner[tree.Parents[cluster]] : -1;

            // The root contains all points, so it is no cluster.
            if (cluster > 0 && isSelected(cluster))
            {
                _owner[cluster] = selected.Count;
                selected.Add(cluster);
            }
        }

        Selected = [.. selected];
    }

    public int MinClusterSize { get; }

    public double Persistence { get; }

    /// <summary>Tree cluster of each label, ascending.</summary>
    public int[] Selected { get; }

    /// <summary>
    /// Returns the clusters of one minimum cluster size: the leaves of the tree at the base size, else the leaves just above the size.
    /// </summary>
    public static LayerCut At(CondensedTree tree, SizeBarcode barcode, int baseSize, int size, double persistence) =>
        new(tree, size, persistence, cluster => size == baseSize ? tree.IsLeaf(cluster) : barcode.IsActive(cluster, size));

    /// <summary>Returns the label of a tree cluster; −1 if no selected cluster contains it.</summary>
    public int OwnerOf(int cluster) => _owner[cluster];

    /// <summary>Returns the layer with the labels, strengths and parents of its clusters.</summary>
    /// <param name="tree">The tree of all layers.</param>
    /// <param name="scale">Scale of the distances.</param>
    /// <param name="coarser">Coarser layers, ascending.</param>
    /// <param name="firstCoarser">Index of the first of them.</param>
    public ClusterLayer Label(CondensedTree tree, DistanceScale scale, ReadOnlySpan<LayerCut> coarser, int firstCoarser)
    {
        double[] nearest = new double[Selected.Length];
        Array.Fill(nearest, double.PositiveInfinity);
        int[] labels = new int[tree.PointCount];
        for (int point = 0; point < labels.Length; point++)
        {
            int cluster = tree.PointCluster[point];
            int label = labels[point] = _owner[cluster];
            if (label >= 0 && Selected[label] == cluster)
            {
                nearest[label] = Math.Min(nearest[label], 1.0 / tree.PointLambda[point]);
            }
        }

        // λ / max λ over the points that leave the cluster itself; points of its descendants are denser and have strength 1.
        double[] strengths = new double[labels.Length];
        for (int point = 0; point < labels.Length; point++)
        {
            int label = labels[point];
            if (label >= 0)
            {
                double most = scale.Density(nearest[label]);
                strengths[point] = ClusterSelection.Strength(scale.Density(1.0 / tree.PointLambda[point]), most);
            }
        }

        return new ClusterLayer(MinClusterSize, Persistence, labels, strengths, Parents(coarser, firstCoarser));
    }

    private LayerParent[] Parents(ReadOnlySpan<LayerCut> coarser, int firstCoarser)
    {
        var parents = new LayerParent[Selected.Length];
        for (int label = 0; label < parents.Length; label++)
        {
            int above = 0;
            while (above < coarser.Length && coarser[above]._owner[Selected[label]] < 0)
            {
                above++;
            }

            parents[label] = new LayerParent(firstCoarser + above, above < coarser.Length ? coarser[above]._owner[Selected[label]] : 0);
        }

        return parents;
    }
}
