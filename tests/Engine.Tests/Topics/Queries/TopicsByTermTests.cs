using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.Engine.Words;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Queries;

public sealed class TopicsByTermTests
{
    private const int Terms = 60;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(19, 0)]
    [InlineData(19, 1)]
    public void Cosines_TermsOfFewAndOfManyTopics_EqualTheDefinition(int topics, int outlierOffset)
    {
        MersenneTwister random = new(3);
        CsrMatrix<double> weights = Rows(topics + outlierOffset, random, row => row != topics + outlierOffset - 1 || topics == 1);
        CsrMatrix<double> texts = Rows(20, random, static row => row != 7);
        TopicsByTerm index = new(weights, outlierOffset);
        double[] cosines = new double[topics];

        for (int text = 0; text < texts.Rows; text++)
        {
            Array.Fill(cosines, double.NaN);
            index.Cosines(texts.RowColumns(text), texts.RowValues(text), cosines);

            for (int topic = 0; topic < topics; topic++)
            {
                Assert.Equal(new SparseTarget(weights).Compare(topic + outlierOffset, texts)[text], cosines[topic], 1e-15);
            }
        }
    }

    /// <summary>Rows in which term t occurs the less often the larger t is; rows that are not wanted have none.</summary>
    private static CsrMatrix<double> Rows(int count, MersenneTwister random, Func<int, bool> isWanted)
    {
        CsrBuilder<double> builder = new(Terms, count);
        for (int row = 0; row < count; row++)
        {
            int[] columns = [.. Enumerable.Range(0, Terms).Where(term => random.NextUpTo(Terms) > term && isWanted(row))];
            builder.AddRow(columns, Array.ConvertAll(columns, _ => (random.NextUpTo(1000) + 1) / 1000.0));
        }

        return builder.Build();
    }
}
