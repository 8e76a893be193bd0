using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// Finds topics among the outliers: clusters the outliers alone in the stored layout, where the denser topics no longer hide sparse ones.
/// The other topics keep their documents and uids; all topics are numbered by size. BERTopic has no such operation.
/// </summary>
/// <param name="MinClusterSize">
/// Minimum number of documents per new topic, 2 to 1,000,000. Null: half of the model's, at least 5.
/// </param>
public sealed record RefitOutliers(int? MinClusterSize = null) : TopicOperation
{
    private const int LeastAutomaticSize = 5;

    /// <inheritdoc/>
    public override string Name => "refit_outliers";

    internal override void Validate() => OptionRange.Require(MinClusterSize ?? LeastAutomaticSize, 2, 1_000_000, nameof(MinClusterSize));

    private protected override TopicModelState Apply(OperationInput input)
    {
        if (input.Model.OutlierOffset == 0)
        {
            throw new InvalidOperationException("The model has no outliers to cluster.");
        }

        DividedTopic divided = new(input, topic: -1);
        int size = MinClusterSize ?? Math.Max(LeastAutomaticSize, input.Model.Clusters!.Options.MinClusterSize / 2);
        HdbscanModel? clusters = divided.DocumentCount >= size ? divided.Cluster(size, minSamples: size) : null;
        return clusters is { ClusterCount: >= 1 }
            ? divided.State(clusters, complete: false)
            : throw new InvalidOperationException(
                $"The {divided.DocumentCount} outliers have no cluster of at least {size} documents. Lower min_cluster_size, or "
                + "assign them to topics with reduce_outliers.");
    }
}
