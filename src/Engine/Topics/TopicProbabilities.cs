using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics;

/// <summary>Probabilities of clusters as probabilities of topics: those of merged clusters are added.</summary>
internal static class TopicProbabilities
{
    /// <summary>Adds columns up.</summary>
    /// <param name="values">n × columns probabilities, row after row.</param>
    /// <param name="topicOf">New column of each column; −1: left out, its mass goes to the outliers.</param>
    /// <param name="topics">Number of new columns.</param>
    public static Matrix Map(ReadOnlySpan<float> values, ReadOnlySpan<int> topicOf, int topics)
    {
        int rows = topicOf.Length == 0 ? 0 : values.Length / topicOf.Length;
        Matrix result = new(rows, topics);
        double[] sums = new double[topics];
        for (int row = 0; row < rows; row++)
        {
            Array.Clear(sums);
            for (int column = 0; column < topicOf.Length; column++)
            {
                if (topicOf[column] >= 0)
                {
                    sums[topicOf[column]] += values[(row * topicOf.Length) + column];
                }
            }

            Span<float> target = result.Row(row);
            for (int topic = 0; topic < topics; topic++)
            {
                target[topic] = (float)sums[topic];
            }
        }

        return result;
    }

    /// <summary>One figure a document, as <c>get_document_info</c> gives it: the cluster's strength, or with all probabilities their largest, for an outlier what they lack to 1.</summary>
    public static double[] Strengths(Matrix? probabilities, double[] clusterStrengths, ReadOnlySpan<int> labels)
    {
        if (probabilities is null)
        {
            return clusterStrengths;
        }

        double[] strengths = new double[labels.Length];
        for (int row = 0; row < strengths.Length; row++)
        {
            double sum = 0;
            double largest = 0;
            foreach (float value in probabilities.Row(row))
            {
                sum += value;
                largest = Math.Max(largest, value);
            }

            strengths[row] = labels[row] < 0 ? 1 - sum : largest;
        }

        return strengths;
    }
}
