using TopicGrpc.Engine.Neighbors;
using Xunit;

namespace TopicGrpc.Engine.Tests.Neighbors;

public sealed class ReverseNeighborsTests
{
    private const int Rows = 200;

    [Fact]
    public void Take_SecondTime_OnlyNewEntriesAreFresh()
    {
        CandidateLists lists = new(Rows, 8, Rows);
        lists.OfferOnce(3, 1f, 0);
        lists.OfferOnce(3, 1f, 17);
        ListSnapshot snapshot = new(Rows, lists.Capacity);

        Assert.Equal(2, snapshot.Take(lists, 0, Rows));
        lists.OfferOnce(3, 2f, 5);
        Assert.Equal(1, snapshot.Take(lists, 0, Rows));
        Assert.Equal([~5, 0, 17], snapshot.Row(3).ToArray().Where(entry => entry != int.MaxValue).Order());
        Assert.Equal(0, snapshot.Take(lists, 0, Rows));
    }

    [Fact]
    public void Members_AnyNumberOfThreads_FreshOnesFirstAndTheSameSample()
    {
        // Row 0 is in every list: its reverse neighbors are a sample.
        CandidateLists lists = new(Rows, 8, Rows);
        for (int row = 1; row < Rows; row++)
        {
            lists.OfferOnce(row, 1f, 0);
            lists.OfferOnce(row, 1f, (row * 37 % (Rows - 1)) + 1);
        }

        ListSnapshot snapshot = new(Rows, lists.Capacity);
        snapshot.Take(lists, 0, Rows);
        for (int row = 1; row < Rows; row += 2)
        {
            lists.OfferOnce(row, 2f, (row * 11 % (Rows - 1)) + 1);
        }

        snapshot.Take(lists, 0, Rows);
        (int[] Members, int Fresh)[] one = Members(snapshot, threads: 1);

        Assert.Equal(ReverseNeighbors.Most, one[0].Members.Length);
        Assert.Contains(one, row => row.Fresh > 0 && row.Fresh < row.Members.Length);
        Assert.All(one, row => Assert.Equal(row.Members.Length, row.Members.Distinct().Count()));
        foreach (int threads in (int[])[2, 3, 8])
        {
            Assert.Equivalent(one, Members(snapshot, threads), strict: true);
        }
    }

    private static (int[] Members, int Fresh)[] Members(ListSnapshot snapshot, int threads)
    {
        ReverseNeighbors reverse = new(snapshot, Rows);
        reverse.Sample(key: 9, threads, TestContext.Current.CancellationToken);
        int[] members = new int[snapshot.Capacity + ReverseNeighbors.Most];
        return [.. Enumerable.Range(0, Rows).Select(row =>
        {
            (int count, int fresh) = reverse.Members(row, members);
            return (members[..count], fresh);
        })];
    }
}
