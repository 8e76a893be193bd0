using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>A term that a text and a topic share.</summary>
/// <param name="Term">The term.</param>
/// <param name="TextWeight">Its weight in the text.</param>
/// <param name="TopicWeight">Its weight in the topic.</param>
/// <param name="Contribution">Its part of the cosine between the words of both; over all shared terms they add up to the cosine.</param>
public sealed record SharedTerm(string Term, double TextWeight, double TopicWeight, double Contribution)
{
    internal static IReadOnlyList<SharedTerm> Between(TermSpace space, string text, int row, int count)
    {
        CsrMatrix<double> weights = space.WeightsOf([text]);
        ReadOnlySpan<int> columns = weights.RowColumns(0);
        ReadOnlySpan<double> values = weights.RowValues(0);
        ReadOnlySpan<int> topicColumns = space.Weights.RowColumns(row);
        ReadOnlySpan<double> topicValues = space.Weights.RowValues(row);
        double norm = Norm(values) * Norm(topicValues);
        List<SharedTerm> shared = [];
        for (int i = 0; i < columns.Length; i++)
        {
            int place = topicColumns.BinarySearch(columns[i]);
            if (place >= 0 && norm > 0)
            {
                shared.Add(
                    new SharedTerm(
                        space.Vocabulary.Terms[columns[i]], values[i], topicValues[place], values[i] * topicValues[place] / norm));
            }
        }

        // Terms are numbered by code point and the sort is stable.
        return [.. shared.OrderByDescending(static term => term.Contribution).Take(count)];
    }

    private static double Norm(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value * value;
        }

        return Math.Sqrt(sum);
    }
}
