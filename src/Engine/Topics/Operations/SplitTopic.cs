using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// Divides one topic into the density clusters of its documents in the stored layout; its outliers join the cluster of their largest
/// membership. The other topics keep their documents and uids; all topics are numbered by size. BERTopic has no such operation.
/// </summary>
/// <param name="TopicId">Topic to divide, from 0.</param>
/// <param name="MinClusterSize">
/// Minimum number of documents per part, 2 to 1,000,000. Null: the most persistent size of the tree (PLSCAN), at least 5.
/// </param>
public sealed record SplitTopic(int TopicId, int? MinClusterSize = null) : TopicOperation
{
    /// <summary>Minimum size and number of neighbors where the size is chosen automatically; PLSCAN's defaults.</summary>
    private const int AutomaticSize = 5;

    /// <inheritdoc/>
    public override string Name => "split_topic";

    internal override void Validate() => OptionRange.Require(MinClusterSize ?? AutomaticSize, 2, 1_000_000, nameof(MinClusterSize));

    private protected override TopicModelState Apply(OperationInput input)
    {
        TopicIds.Check(input.Model, TopicId);
        if (TopicId < 0)
        {
            throw new ArgumentException("The outlier topic (−1) cannot be split. Use refit_outliers to find topics among the outliers.");
        }

        DividedTopic divided = new(input, TopicId);
        int size = MinClusterSize ?? AutomaticSize;
        HdbscanModel? clusters = divided.DocumentCount >= 2 * size
            ? divided.Cluster(size, minSamples: Math.Min(size, AutomaticSize))
            : null;
        clusters = clusters is null || MinClusterSize is not null ? clusters : divided.MostPersistent(clusters);
        return clusters is { ClusterCount: >= 2 }
            ? divided.State(clusters, complete: true)
            : throw new InvalidOperationException(
                $"Topic {TopicId} with {divided.DocumentCount} documents has no two clusters of at least {size} documents. "
                + "Lower min_cluster_size, or keep the topic.");
    }
}
