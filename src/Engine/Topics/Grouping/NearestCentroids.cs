using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Grouping;

/// <summary>Assigns outliers to the topic with the nearest centroid, as predictions under an outlier policy do.</summary>
/// <param name="embeddings">One embedding per document.</param>
/// <param name="centroids">Centroids by topic row.</param>
/// <param name="assignments">The topics of the centroids.</param>
internal sealed class NearestCentroids(Matrix embeddings, double[] centroids, TopicAssignments assignments)
{
    private const int BlockSize = 128;

    private readonly CentroidPredictor _predictor = new(
        new Matrix(assignments.RowCount, embeddings.Columns, Array.ConvertAll(centroids, value => (float)value)),
        assignments.OutlierOffset);

    /// <summary>Returns the topic of each document.</summary>
    /// <param name="leastSimilarity">Least cosine between an outlier and the centroid of its topic.</param>
    /// <param name="compute">Number of threads; it does not change the result.</param>
    /// <param name="cancellationToken">Cancels between blocks.</param>
    public int[] Assign(double leastSimilarity, ComputeOptions compute, CancellationToken cancellationToken)
    {
        int[] topics = [.. assignments.Topics];
        RowBlocks.Run(
            topics.Length,
            BlockSize,
            compute.Threads,
            (_, first, end) =>
            {
                for (int row = first; row < end; row++)
                {
                    if (topics[row] < 0)
                    {
                        (int topic, double similarity) = _predictor.NearestTopic(embeddings.Row(row));
                        topics[row] = similarity >= leastSimilarity ? topic : -1;
                    }
                }
            },
            cancellationToken);
        return topics;
    }

    /// <summary>Returns the largest cosines of given documents with a centroid of a topic, descending.</summary>
    /// <param name="rows">The documents.</param>
    public double[] Similarities(int[] rows)
    {
        double[] similarities = Array.ConvertAll(rows, row => _predictor.NearestTopic(embeddings.Row(row)).Similarity);
        Array.Sort(similarities, static (left, right) => right.CompareTo(left));
        return similarities;
    }
}
