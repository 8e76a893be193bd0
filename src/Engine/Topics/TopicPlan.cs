using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics;

/// <summary>How clusters become topics: merged where asked for, then numbered by size.</summary>
/// <param name="Labels">Topic of each document.</param>
/// <param name="Mapper">The steps.</param>
/// <param name="Centroids">Mean vector of each topic.</param>
/// <param name="FromBefore">Topic of each topic before the last operation; −1 where it went to the outliers.</param>
internal sealed record TopicPlan(TopicLabels Labels, TopicMapper Mapper, double[] Centroids, int[] FromBefore)
{
    /// <summary>Plans the topics of freshly found clusters: reduced where there are more than wanted, else ordered by size.</summary>
    /// <param name="clusters">Cluster of each document; −1 for noise.</param>
    /// <param name="embeddings">One vector a document.</param>
    /// <param name="target">How many topics are wanted.</param>
    /// <param name="compute">Threads.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static TopicPlan FromClusters(int[] clusters, Matrix embeddings, TopicReductionTarget target, ComputeOptions compute, CancellationToken cancellationToken)
    {
        TopicLabels found = new(clusters);
        TopicPlan raw = new(
            found,
            TopicMapper.Identity(found.TopicCount, found.OutlierOffset == 1),
            TopicCentroids.Mean(embeddings, found.Rows(), found.RowCount),
            [.. Enumerable.Range(0, found.TopicCount)]);
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
    /// <param name="outlierGroup">Group that the outliers join; −1: they stay outliers.</param>
    public TopicPlan Merge(int[] groups, int outlierGroup = -1)
    {
        TopicLabels merged = Labels.Map(groups, outlierGroup);
        int[] ranks = FrequencyOrder.Rank(merged.Labels);
        TopicLabels ordered = merged.Map(ranks, outlier: -1);
        int[] next = Array.ConvertAll(groups, group => group < 0 ? -1 : ranks[group]);
        int nextOutlier = outlierGroup < 0 ? -1 : ranks[outlierGroup];
        TopicMapper mapper = Mapper
            .Append(topic => topic < 0 ? outlierGroup : groups[topic])
            .Append(group => group < 0 || group >= ranks.Length ? -1 : ranks[group]);
        int[] newRows = new int[Labels.RowCount];
        for (int row = 0; row < newRows.Length; row++)
        {
            newRows[row] = ordered.OutlierOffset + (row < Labels.OutlierOffset ? nextOutlier : next[row - Labels.OutlierOffset]);
        }

        return new TopicPlan(ordered, mapper, TopicCentroids.Merge(Centroids, Labels.Sizes, newRows, ordered.RowCount), next);
    }

    /// <summary>Numbers the topics by size; one step. The centroids are moved, not recomputed.</summary>
    private TopicPlan OrderBySize()
    {
        int[] ranks = FrequencyOrder.Rank(Labels.Labels);
        TopicLabels ordered = Labels.Map(ranks, outlier: -1);
        int dimension = Labels.RowCount == 0 ? 0 : Centroids.Length / Labels.RowCount;
        double[] moved = new double[Centroids.Length];
        for (int row = 0; row < Labels.RowCount; row++)
        {
            int target = row < Labels.OutlierOffset ? row : ranks[row - Labels.OutlierOffset] + Labels.OutlierOffset;
            Centroids.AsSpan(row * dimension, dimension).CopyTo(moved.AsSpan(target * dimension));
        }

        return new TopicPlan(ordered, Mapper.Append(topic => topic < 0 ? -1 : ranks[topic]), moved, ranks);
    }
}
