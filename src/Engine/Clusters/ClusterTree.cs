using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>Cluster tree of some points without prediction data, for selections whose labels alone are needed. Thread-safe.</summary>
internal sealed class ClusterTree
{
    private readonly SingleLinkageTree _linkage;

    private ClusterTree(SingleLinkageTree linkage) => _linkage = linkage;

    /// <summary>Builds the tree, the same as that of <see cref="Hdbscan"/>.</summary>
    /// <param name="points">Coordinates, n × d, all finite.</param>
    /// <param name="options">Settings; min_samples and alpha determine the tree.</param>
    /// <param name="compute">Threads.</param>
    /// <param name="cancellationToken">Cancels between blocks of points.</param>
    public static ClusterTree Build(Matrix points, HdbscanOptions options, ComputeOptions compute, CancellationToken cancellationToken)
    {
        Hdbscan.CheckPoints(points);
        (SpanningTree edges, _, _) = new Hdbscan(options).Connect(KdTree.Build(points), compute, progress: null, cancellationToken);
        return new ClusterTree(SingleLinkageTree.FromEdges(edges));
    }

    /// <summary>Returns the tree of points of which these are the distinct ones; see <see cref="RepeatedPoints"/>.</summary>
    public ClusterTree Extended(int[] distinctOf)
    {
        (int[] left, int[] right, double[] distances) = RepeatedPoints.Extend(
            _linkage.Left, _linkage.Right, _linkage.Distances, distinctOf);
        return new ClusterTree(SingleLinkageTree.FromMerges(left, right, distances));
    }

    /// <summary>Returns the cluster of each point for selection settings; see <see cref="HdbscanModel.SelectLabels"/>.</summary>
    public int[] SelectLabels(HdbscanOptions options) => ClusterSelection.Select(_linkage, options.Validated()).Labels;
}
