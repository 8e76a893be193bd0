namespace TopicGrpc.Engine.Clusters.Layers;

/// <summary>One resolution of a cluster tree. The arrays belong to the layer; do not write to them.</summary>
/// <param name="MinClusterSize">Minimum cluster size at which these clusters are the leaves of the tree.</param>
/// <param name="Persistence">Total persistence at that size; 0 for the finest layer.</param>
/// <param name="Labels">Cluster of each point, from 0; −1 for outliers.</param>
/// <param name="Strengths">Membership strength of each point, 0 to 1; 0 for outliers.</param>
/// <param name="Parents">
/// Cluster of a coarser layer that contains each cluster: of the nearest layer that has one.
/// </param>
public sealed record ClusterLayer(
    int MinClusterSize,
    double Persistence,
    int[] Labels,
    double[] Strengths,
    IReadOnlyList<LayerParent> Parents)
{
    /// <summary>Number of clusters, 0 or more.</summary>
    public int ClusterCount => Parents.Count;
}
