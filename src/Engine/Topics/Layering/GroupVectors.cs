namespace TopicGrpc.Engine.Topics.Layering;

/// <summary>Mean embeddings of groups of topics, to attach topics without a group.</summary>
internal sealed class GroupVectors(LayerInput input)
{
    private readonly int _dimension = input.Centroids.Length / Math.Max(1, input.Assignments.RowCount);

    /// <summary>Gives each topic without a group the group with the nearest centroid; the lower one among equals.</summary>
    /// <param name="groups">Group of each topic of the level; −1 for none. All stay −1 if no topic has a group.</param>
    /// <param name="level">The level.</param>
    public void Attach(int[] groups, LayerLevel level)
    {
        int count = groups.Max() + 1;
        if (count == 0 || !groups.Contains(-1))
        {
            return;
        }

        double[] topics = Sums(level.Topics, level.Count);
        double[] centers = Sums(Array.ConvertAll(level.Topics, topic => topic < 0 ? -1 : groups[topic]), count);
        for (int topic = 0; topic < groups.Length; topic++)
        {
            if (groups[topic] < 0)
            {
                groups[topic] = Nearest(topics.AsSpan(topic * _dimension, _dimension), centers);
            }
        }
    }

    // Centroids of the model's topics, weighted by size: the same as the mean embedding of the documents, without reading them.
    private double[] Sums(int[] labels, int count)
    {
        double[] sums = new double[count * _dimension];
        int[] own = input.Assignments.Topics;
        int[,] documents = new int[count, input.Assignments.TopicCount];
        for (int row = 0; row < labels.Length; row++)
        {
            if (labels[row] >= 0)
            {
                documents[labels[row], own[row]]++;
            }
        }

        for (int label = 0; label < count; label++)
        {
            for (int topic = 0; topic < input.Assignments.TopicCount; topic++)
            {
                int weight = documents[label, topic];
                ReadOnlySpan<double> centroid =
                    input.Centroids.AsSpan((topic + input.Assignments.OutlierOffset) * _dimension, weight > 0 ? _dimension : 0);
                for (int i = 0; i < centroid.Length; i++)
                {
                    sums[(label * _dimension) + i] += weight * centroid[i];
                }
            }
        }

        return sums;
    }

    private int Nearest(ReadOnlySpan<double> vector, double[] centers)
    {
        int best = 0;
        double highest = double.NegativeInfinity;
        for (int group = 0; group * _dimension < centers.Length; group++)
        {
            double cosine = Cosine(vector, centers.AsSpan(group * _dimension, _dimension));
            if (cosine > highest)
            {
                (best, highest) = (group, cosine);
            }
        }

        return best;
    }

    private static double Cosine(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double dot = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < left.Length; i++)
        {
            dot += left[i] * right[i];
            first += left[i] * left[i];
            second += right[i] * right[i];
        }

        // A label without a member has a zero vector and is never the nearest.
        return first > 0 && second > 0 ? dot / Math.Sqrt(first * second) : double.NegativeInfinity;
    }
}
