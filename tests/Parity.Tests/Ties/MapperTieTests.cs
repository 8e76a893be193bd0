using TopicGrpc.Engine.Topics;
using TopicGrpc.Parity.Topics;
using Xunit;

namespace TopicGrpc.Parity.Tests.Ties;

public sealed class MapperTieTests
{
    // Clusters 0 and 1 have 10 documents each, cluster 2 has 30, cluster 3 has 5.
    private static readonly int[] Sizes = [7, 10, 10, 30, 5];

    // Columns: cluster, after numbering by size, after merging the first two, numbered by size again.
    private static readonly TopicMapper Ours = new(5, 4, [
        -1, -1, -1, -1,
        0, 1, 1, 1,
        1, 2, 1, 1,
        2, 0, 0, 0,
        3, 3, 3, 2,
    ]);

    [Fact]
    public void Differing_SameMapper_IsZero() => Assert.Equal(0, MapperTies.Differing(Ours, Rows(), Sizes));

    [Fact]
    public void Differing_EqualSizesExchangedInAnEarlierColumn_IsZero()
    {
        int[][] recorded = Rows();
        (recorded[1][1], recorded[2][1]) = (2, 1);

        Assert.Equal(0, MapperTies.Differing(Ours, recorded, Sizes));
    }

    [Fact]
    public void Differing_ExchangedNumbersKeptByALaterColumn_IsZero()
    {
        int[][] recorded = Rows();
        (recorded[1][1], recorded[2][1]) = (2, 1);
        (recorded[1][2], recorded[2][2]) = (2, 2);

        Assert.Equal(0, MapperTies.Differing(Ours, recorded, Sizes));
    }

    [Theory]
    [InlineData(1, 3, 1)]
    [InlineData(3, 4, 1)]
    [InlineData(1, 3, 3)]
    public void Differing_UnequalSizesExchanged_IsCounted(int first, int second, int column)
    {
        int[][] recorded = Rows();
        (recorded[first][column], recorded[second][column]) = (recorded[second][column], recorded[first][column]);

        Assert.NotEqual(0, MapperTies.Differing(Ours, recorded, Sizes));
    }

    [Fact]
    public void Differing_OtherGroups_IsCounted()
    {
        int[][] recorded = Rows();
        recorded[2][2] = 0;

        Assert.NotEqual(0, MapperTies.Differing(Ours, recorded, Sizes));
    }

    [Fact]
    public void Differing_OtherClusterOrShape_IsCounted()
    {
        int[][] recorded = Rows();
        recorded[1][0] = 9;

        Assert.NotEqual(0, MapperTies.Differing(Ours, recorded, Sizes));
        Assert.NotEqual(0, MapperTies.Differing(Ours, Rows()[..4], Sizes[..4]));
    }

    [Fact]
    public void MergedGroups_ExchangedNumbers_MergesTheRecordedTopics() =>

        // The recorded topics 1 and 2 are topics 3 and 1 here; 3, 4 and 5 are 2, 4 and 5.
        Assert.Equal([0, 3, 2, 3, 2, 2, 6], TopicPlanCheck.MergedGroups([0, 2, 3, 1, 4, 5, 6]));

    private static int[][] Rows() => [.. Ours.Values.Chunk(Ours.Columns)];
}
