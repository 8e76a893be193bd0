using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;

namespace TopicGrpc.Engine.Topics;

/// <summary>Prediction by layout and cluster tree. The prediction is the only allocation.</summary>
internal sealed class DensityPredictor(UmapModel layout, RefinedClusters clusters, TopicMapper mapper, int topicCount)
{
    private const int StackLimit = 256;
    private static readonly TopicPrediction Outlier = new(-1, 0, [], double.NaN);
    private readonly int[] _topicOf = [.. Enumerable.Range(0, clusters.ClusterCount).Select(mapper.TopicOf)];

    public TopicPrediction Predict(ReadOnlySpan<float> embedding, bool allTopics) => Predict(embedding, allTopics, [], default, out _);

    /// <summary>Predicts the topic of an embedding.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <param name="allTopics">Whether to compute the probabilities of all topics.</param>
    /// <param name="placed">Receives the position in the layout; empty if not needed.</param>
    /// <param name="known">Its neighbors and its position; default to compute them.</param>
    /// <param name="near">What the search for its neighbors found.</param>
    public TopicPrediction Predict(
        ReadOnlySpan<float> embedding, bool allTopics, Span<float> placed, PlacedRow known, out NearRows near)
    {
        near = NearRows.Unknown;
        if (!AllFinite(embedding))
        {
            return Unplaced(allTopics);
        }

        Span<float> position = stackalloc float[layout.Embedding.Columns];
        if (known.Nearest is null)
        {
            near = layout.Place(embedding, position);
        }
        else
        {
            known.Position.CopyTo(position);
            near = NearRows.Of(known.Nearest, layout.Options.Metric);
        }

        if (!placed.IsEmpty)
        {
            position.CopyTo(placed);
        }

        return PredictPosition(position, allTopics);
    }

    /// <summary>Predicts the topic of a point of the layout.</summary>
    public TopicPrediction PredictPosition(ReadOnlySpan<float> position, bool allTopics)
    {
        if (!AllFinite(position))
        {
            return Unplaced(allTopics);
        }

        int wanted = allTopics ? _topicOf.Length : 0;
        Span<double> membership = wanted <= StackLimit ? stackalloc double[wanted] : new double[wanted];
        ClusterAssignment assignment = clusters.Predict(position, membership);
        int topic = mapper.TopicOf(assignment.Cluster);
        double strength = topic < 0 ? 0 : assignment.Strength;
        return allTopics ? Answer(topic, strength, membership) : new TopicPrediction(topic, strength, [], double.NaN);
    }

    private TopicPrediction Unplaced(bool allTopics) => allTopics ? new TopicPrediction(-1, 0, new double[topicCount], 1) : Outlier;

    private TopicPrediction Answer(int topic, double strength, ReadOnlySpan<double> membership)
    {
        double[] probabilities = new double[topicCount];
        double sum = 0;
        for (int cluster = 0; cluster < membership.Length; cluster++)
        {
            if (_topicOf[cluster] >= 0)
            {
                probabilities[_topicOf[cluster]] += membership[cluster];
                sum += membership[cluster];
            }
        }

        // Rounding can lift the sum of probabilities above 1.
        return new TopicPrediction(topic, strength, probabilities, Math.Max(0, 1 - sum));
    }

    private static bool AllFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }
}
