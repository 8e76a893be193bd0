using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Numerics.Linkage;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Grouping;

/// <summary>Choice of the topics to merge. Outliers never join a topic, and no topic becomes outliers.</summary>
internal static class TopicReducer
{
    /// <summary>Returns whether the target requires fewer topics than there are.</summary>
    /// <param name="target">The target.</param>
    /// <param name="topics">Number of topics without the outlier topic.</param>
    /// <param name="hasOutliers">Whether there are outliers.</param>
    public static bool Applies(TopicReduction target, int topics, bool hasOutliers) =>
        target.Automatic ? topics > 1 : target.Count > 0 && target.Count < topics + (hasOutliers ? 1 : 0);

    /// <summary>Groups similar topics by average linkage on cosine distance or, for an automatic target, by HDBSCAN.</summary>
    /// <param name="centroids">topics × dimension values without the outlier topic.</param>
    /// <param name="topics">Number of topics.</param>
    /// <param name="target">The target; its number includes the outlier topic.</param>
    /// <param name="hasOutliers">Whether there are outliers.</param>
    /// <param name="compute">Number of threads; it does not change the result.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>Group of each topic.</returns>
    /// <exception cref="ArgumentException">The number leaves no topic except the outlier topic.</exception>
    public static int[] Group(
        ReadOnlySpan<double> centroids,
        int topics,
        TopicReduction target,
        bool hasOutliers,
        ComputeOptions compute,
        CancellationToken cancellationToken)
    {
        if (target.Automatic)
        {
            return ByDensity(centroids, topics, compute, cancellationToken);
        }

        int wanted = target.Count - (hasOutliers ? 1 : 0);
        if (wanted < 1)
        {
            throw new ArgumentException(
                $"nr_topics is {target.Count}, which includes the outlier topic and leaves no other topic; it must be 2 or more.",
                nameof(target));
        }

        LinkageMerge[] merges = NearestNeighborChain.Link(
            CentroidDistances.Cosine(centroids, topics),
            LinkageMethod.Average,
            cancellationToken);
        return TreeCut.Into(merges, wanted);
    }

    private static int[] ByDensity(ReadOnlySpan<double> centroids, int topics, ComputeOptions compute, CancellationToken cancellationToken)
    {
        int[] groups = [.. Enumerable.Range(0, topics)];
        if (topics < 3)
        {
            // HDBSCAN needs at least three points to compare densities.
            return groups;
        }

        HdbscanOptions options = new() { MinClusterSize = 2 };
        int[] clusters = new Hdbscan(options).Fit(UnitRows(centroids, topics), compute, progress: null, cancellationToken).Labels;
        Dictionary<int, int> lowest = [];
        for (int topic = 0; topic < topics; topic++)
        {
            if (clusters[topic] >= 0)
            {
                lowest.TryAdd(clusters[topic], topic);
                groups[topic] = lowest[clusters[topic]];
            }
        }

        return groups;
    }

    private static Matrix UnitRows(ReadOnlySpan<double> centroids, int topics)
    {
        Matrix rows = new(topics, centroids.Length / topics);
        for (int topic = 0; topic < topics; topic++)
        {
            ReadOnlySpan<double> centroid = centroids.Slice(topic * rows.Columns, rows.Columns);
            double squares = 0;
            foreach (double value in centroid)
            {
                squares += value * value;
            }

            double scale = squares > 0 ? 1 / Math.Sqrt(squares) : 0;
            Span<float> row = rows.Row(topic);
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = (float)(centroid[i] * scale);
            }
        }

        return rows;
    }
}
