using TopicGrpc.Engine.Neighbors;
using Xunit;

namespace TopicGrpc.Engine.Tests.Neighbors;

public sealed class CandidateListsTests
{
    [Fact]
    public void OfferOnce_SeveralThreadsAndRepeats_AsOneThread()
    {
        const int Rows = 7;
        (int Row, float Score, int Index)[] offers = [.. Offers(20_000, Rows, new Random(1))];
        CandidateLists one = new(Rows, 22, Rows);
        foreach ((int row, float score, int index) in offers)
        {
            one.OfferOnce(row, score, index);
        }

        CandidateLists several = new(Rows, 22, Rows);
        Parallel.For(0, 4, part =>
        {
            // Every thread offers every candidate, each from another start.
            for (int i = 0; i < offers.Length; i++)
            {
                (int row, float score, int index) = offers[(i + (part * 5000)) % offers.Length];
                several.OfferOnce(row, score, index);
            }
        });

        for (int row = 0; row < Rows; row++)
        {
            int[] expected = [.. offers.Where(offer => offer.Row == row).Distinct()
                .OrderByDescending(offer => offer.Score).ThenBy(offer => offer.Index).Take(24).Select(offer => offer.Index)];
            Assert.Equal(expected.Order(), one.Row(row).ToArray().Order());
            Assert.Equal(expected.Order(), several.Row(row).ToArray().Order());
        }
    }

    /// <summary>The score is a function of the pair, with many ties, as the products of a search are.</summary>
    private static IEnumerable<(int Row, float Score, int Index)> Offers(int count, int rows, Random random)
    {
        for (int i = 0; i < count; i++)
        {
            int row = random.Next(rows);
            int index = random.Next(500);
            yield return (row, (row + index) * 7919 % 61, index);
        }
    }
}
