using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics;

/// <summary>Probabilities of topics from probabilities of clusters: the probabilities of merged clusters are added.</summary>
internal static class TopicProbabilities
{
    /// <summary>Returns the sums of the columns that belong to one topic.</summary>
    /// <param name="values">n × columns probabilities.</param>
    /// <param name="topicOf">New column of each column; −1 leaves the column out, so its probability goes to the outliers.</param>
    /// <param name="topics">Number of new columns.</param>
    /// <remarks>Takes the matrix, whose number of rows is known even without columns: a fit may find no cluster.</remarks>
    public static Matrix Map(Matrix values, ReadOnlySpan<int> topicOf, int topics)
    {
        Matrix result = new(values.Rows, topics);
        return topicOf.Length == 0 ? result : Map(values.Values, topicOf, topics);
    }

    /// <summary>Returns the sums of the columns that belong to one topic.</summary>
    /// <param name="values">n × columns probabilities, row after row.</param>
    /// <param name="topicOf">New column of each column; −1 leaves the column out, so its probability goes to the outliers.</param>
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

    /// <summary>
    /// Returns one value per document, as <c>get_document_info</c> does: the strength in the cluster or, if all probabilities are known,
    /// the largest one; for an outlier 1 minus their sum.
    /// </summary>
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
