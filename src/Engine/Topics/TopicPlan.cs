using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics;

/// <summary>How clusters become topics: merged where asked for, then numbered by size.</summary>
/// <param name="Labels">Topic of each document.</param>
/// <param name="Mapper">The steps.</param>
/// <param name="Centroids">Mean vector of each topic.</param>
internal sealed record TopicPlan(TopicLabels Labels, TopicMapper Mapper, double[] Centroids)
{
    /// <summary>Plans the topics of freshly found clusters.</summary>
    public static TopicPlan FromClusters(HdbscanModel clusters, Matrix embeddings, TopicReductionTarget target, ComputeOptions compute, CancellationToken cancellationToken)
    {
        TopicLabels found = new(clusters.Labels);
        TopicPlan raw = new(
            found,
            TopicMapper.Identity(clusters.ClusterCount, found.OutlierOffset == 1),
            TopicCentroids.Mean(embeddings, found.Rows(), found.RowCount));
        return TopicReducer.Applies(target, found.TopicCount, found.OutlierOffset == 1)
            ? raw.Reduce(target, compute, cancellationToken)
            : raw.OrderBySize();
    }

    /// <summary>Merges topics down to a target; two steps: merge, order.</summary>
    public TopicPlan Reduce(TopicReductionTarget target, ComputeOptions compute, CancellationToken cancellationToken)
    {
        int dimension = Labels.RowCount == 0 ? 0 : Centroids.Length / Labels.RowCount;
        ReadOnlySpan<double> topics = Centroids.AsSpan(Labels.OutlierOffset * dimension);
        return Merge(TopicReducer.Group(topics, Labels.TopicCount, target, Labels.OutlierOffset == 1, compute, cancellationToken));
    }

    /// <summary>Merges topics of one group; two steps: merge, order by size.</summary>
    /// <param name="groups">Group of each topic; −1 sends it to the outliers.</param>
    public TopicPlan Merge(int[] groups)
    {
        TopicLabels merged = Labels.Map(groups);
        int[] ranks = FrequencyOrder.Rank(merged.Labels);
        TopicLabels ordered = merged.Map(ranks);
        TopicMapper mapper = Mapper
            .Append(topic => topic < 0 ? -1 : groups[topic])
            .Append(topic => topic < 0 || topic >= ranks.Length ? -1 : ranks[topic]);
        int[] newRows = new int[Labels.RowCount];
        for (int row = 0; row < newRows.Length; row++)
        {
            int group = row < Labels.OutlierOffset ? -1 : groups[row - Labels.OutlierOffset];
            newRows[row] = (group < 0 ? -1 : ranks[group]) + ordered.OutlierOffset;
        }

        return new TopicPlan(ordered, mapper, TopicCentroids.Merge(Centroids, Labels.Sizes, newRows, ordered.RowCount));
    }

    /// <summary>Numbers the topics by size; one step. The centroids are moved, not recomputed.</summary>
    private TopicPlan OrderBySize()
    {
        int[] ranks = FrequencyOrder.Rank(Labels.Labels);
        TopicLabels ordered = Labels.Map(ranks);
        int dimension = Labels.RowCount == 0 ? 0 : Centroids.Length / Labels.RowCount;
        double[] moved = new double[Centroids.Length];
        for (int row = 0; row < Labels.RowCount; row++)
        {
            int target = row < Labels.OutlierOffset ? row : ranks[row - Labels.OutlierOffset] + Labels.OutlierOffset;
            Centroids.AsSpan(row * dimension, dimension).CopyTo(moved.AsSpan(target * dimension));
        }

        return new TopicPlan(ordered, Mapper.Append(topic => topic < 0 ? -1 : ranks[topic]), moved);
    }
}
