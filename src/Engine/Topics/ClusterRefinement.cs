using TopicGrpc.Engine.Clusters;

namespace TopicGrpc.Engine.Topics;

/// <summary>
/// Clusters inside one topic, or among the outliers: a second cluster model over some of the documents, in the same layout.
/// </summary>
/// <param name="Clusters">Clusters of the documents.</param>
/// <param name="Rows">Row of each document of the cluster model in the topic model, ascending.</param>
/// <param name="Sources">Clusters of the topic model that these clusters replace; −1 for the outliers.</param>
/// <param name="FirstCluster">Number of the first new cluster in <see cref="TopicMapper"/>.</param>
/// <param name="Complete">
/// Whether every point of a source gets a new cluster, outliers that of the largest membership. False: outliers of the new clusters are
/// outliers of the model.
/// </param>
public sealed record ClusterRefinement(
    HdbscanModel Clusters, int[] Rows, IReadOnlyList<int> Sources, int FirstCluster, bool Complete)
{
    /// <summary>Maximum number of refinements of a model.</summary>
    public const int Most = 64;
}
