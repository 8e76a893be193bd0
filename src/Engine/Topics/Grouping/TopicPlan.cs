using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Grouping;

/// <summary>Topics from clusters: optionally merged, then numbered by size.</summary>
/// <param name="Assignments">Topic of each document.</param>
/// <param name="Mapper">The steps.</param>
/// <param name="Centroids">Centroid of each topic.</param>
/// <param name="FromBefore">New topic of each topic before the last step; −1 if it became outliers.</param>
internal sealed record TopicPlan(TopicAssignments Assignments, TopicMapper Mapper, double[] Centroids, int[] FromBefore)
{
    /// <summary>Returns the plan for new clusters: reduced if the target requires fewer topics, else ordered by size.</summary>
    /// <param name="clusters">Cluster of each document; −1 for noise.</param>
    /// <param name="embeddings">One embedding per document.</param>
    /// <param name="target">Target of the reduction.</param>
    /// <param name="compute">Number of threads; it does not change the result.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static TopicPlan FromClusters(
        int[] clusters, Matrix embeddings, TopicReduction target, ComputeOptions compute, CancellationToken cancellationToken)
    {
        TopicAssignments found = new(clusters);
        var raw = Unchanged(found, embeddings);
        return TopicReducer.Applies(target, found.TopicCount, found.OutlierOffset == 1)
            ? raw.Reduce(target, compute, cancellationToken)
            : raw.OrderBySize();
    }

    /// <summary>Returns the plan that keeps topics and their numbers as they are.</summary>
    /// <param name="assignments">Topic of each document.</param>
    /// <param name="embeddings">One embedding per document.</param>
    public static TopicPlan Unchanged(TopicAssignments assignments, Matrix embeddings) => new(
        assignments,
        TopicMapper.Identity(assignments.TopicCount, assignments.OutlierOffset == 1),
        TopicCentroids.Mean(embeddings, assignments.Rows(), assignments.RowCount),
        [.. Enumerable.Range(0, assignments.TopicCount)]);

    /// <summary>Merges topics to reach a target; adds two steps: merge, order.</summary>
    public TopicPlan Reduce(TopicReduction target, ComputeOptions compute, CancellationToken cancellationToken)
    {
        int dimension = Assignments.RowCount == 0 ? 0 : Centroids.Length / Assignments.RowCount;
        ReadOnlySpan<double> topics = Centroids.AsSpan(Assignments.OutlierOffset * dimension);
        return Merge(
            TopicReducer.Group(topics, Assignments.TopicCount, target, Assignments.OutlierOffset == 1, compute, cancellationToken));
    }

    /// <summary>Merges the topics of each group; adds two steps: merge, order by size.</summary>
    /// <param name="groups">Group of each topic; −1 turns it into outliers.</param>
    /// <param name="outlierGroup">Group that the outliers join; −1 if they stay outliers.</param>
    public TopicPlan Merge(int[] groups, int outlierGroup = -1)
    {
        TopicAssignments merged = Assignments.Map(groups, outlierGroup);
        int[] ranks = FrequencyOrder.Rank(merged.Topics);
        TopicAssignments ordered = merged.Map(ranks, outlier: -1);
        int[] next = Array.ConvertAll(groups, group => group < 0 ? -1 : ranks[group]);
        int nextOutlier = outlierGroup < 0 ? -1 : ranks[outlierGroup];
        TopicMapper mapper = Mapper
            .Append(topic => topic < 0 ? outlierGroup : groups[topic])
            .Append(group => group < 0 || group >= ranks.Length ? -1 : ranks[group]);
        int[] newRows = new int[Assignments.RowCount];
        for (int row = 0; row < newRows.Length; row++)
        {
            newRows[row] = ordered.OutlierOffset + (row < Assignments.OutlierOffset ? nextOutlier : next[row - Assignments.OutlierOffset]);
        }

        return new TopicPlan(ordered, mapper, TopicCentroids.Merge(Centroids, Assignments.Sizes, newRows, ordered.RowCount), next);
    }

    /// <summary>
    /// Treats the outliers by the policy of the settings. The topics keep their numbers and centroids, so that new texts are compared with
    /// the same centroids.
    /// </summary>
    /// <param name="embeddings">One embedding per document.</param>
    /// <param name="options">Settings with the policy.</param>
    /// <param name="compute">Number of threads; it does not change the result.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public TopicPlan AssignOutliers(
        Matrix embeddings, TopicModelOptions options, ComputeOptions compute, CancellationToken cancellationToken)
    {
        double least = TopicAnswering.LeastSimilarity(options);
        if (double.IsNaN(least) || Assignments.OutlierOffset == 0 || Assignments.TopicCount == 0)
        {
            return this;
        }

        NearestCentroids nearest = new(embeddings, Centroids, Assignments);
        TopicAssignments assigned = new(nearest.Assign(least, compute, cancellationToken));
        int left = (Assignments.OutlierOffset - assigned.OutlierOffset) * embeddings.Columns;
        return this with { Assignments = assigned, Centroids = Centroids[left..] };
    }

    /// <summary>Numbers the topics by size; adds one step. The centroids are moved, not recomputed.</summary>
    private TopicPlan OrderBySize()
    {
        int[] ranks = FrequencyOrder.Rank(Assignments.Topics);
        TopicAssignments ordered = Assignments.Map(ranks, outlier: -1);
        int dimension = Assignments.RowCount == 0 ? 0 : Centroids.Length / Assignments.RowCount;
        double[] moved = new double[Centroids.Length];
        for (int row = 0; row < Assignments.RowCount; row++)
        {
            int target = row < Assignments.OutlierOffset ? row : ranks[row - Assignments.OutlierOffset] + Assignments.OutlierOffset;
            Centroids.AsSpan(row * dimension, dimension).CopyTo(moved.AsSpan(target * dimension));
        }

        return new TopicPlan(ordered, Mapper.Append(topic => topic < 0 ? -1 : ranks[topic]), moved, ranks);
    }
}
