using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Numerics;

public sealed class MersenneTwisterTests
{
    [Fact]
    public void NextUInt32_SeedOfTheReferenceImplementation_GivesItsTenThousandthNumber()
    {
        MersenneTwister random = new(5489);
        uint last = 0;

        for (int i = 0; i < 10_000; i++)
        {
            last = random.NextUInt32();
        }

        Assert.Equal(4123659995u, last);
    }

    [Fact]
    public void NextUpTo_Seed42BelowTen_DrawsAsRandomState()
    {
        MersenneTwister random = new(42);

        int[] drawn = [.. Enumerable.Range(0, 12).Select(_ => random.NextUpTo(9))];

        Assert.Equal([6, 3, 7, 4, 6, 9, 2, 6, 7, 4, 3, 7], drawn);
    }

    [Fact]
    public void NextUpTo_Zero_TakesNoBits()
    {
        MersenneTwister random = new(7);
        MersenneTwister untouched = new(7);

        Assert.Equal(0, random.NextUpTo(0));
        Assert.Equal(untouched.NextUInt32(), random.NextUInt32());
    }

    /// <summary>Sums of a thousand draws, plain and weighted by position, recorded from NumPy's <c>RandomState(42)</c>.</summary>
    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 510, 253756)]
    [InlineData(3, 964, 475715)]
    [InlineData(10, 4448, 2225246)]
    [InlineData(100, 49128, 24599108)]
    [InlineData(4097, 2112702, 1060603549)]
    public void NextUpTo_AThousandDraws_AreThoseOfPython(int size, long sum, long weighted)
    {
        MersenneTwister random = new(42);

        long[] drawn = [.. Enumerable.Range(0, 1000).Select(_ => (long)random.NextUpTo(size - 1))];

        Assert.Equal(sum, drawn.Sum());
        Assert.Equal(weighted, drawn.Select((value, place) => (place + 1) * value).Sum());
    }

    /// <summary>Groups of 7, 33, 1 and 500 rows share one generator, 500 draws each, as in pandas' <c>groupby.sample</c>.</summary>
    [Fact]
    public void NextUpTo_FourGroupsFromOneGenerator_AreThoseOfPython()
    {
        MersenneTwister random = new(42);

        int[][] distinct =
        [
            .. new[] { 7, 33, 1, 500 }.Select(size => Enumerable.Range(0, 500).Select(_ => random.NextUpTo(size - 1)).Distinct().ToArray()),
        ];

        Assert.Equal([7, 33, 1, 312], distinct.Select(group => group.Length));
        Assert.Equal([94, 114, 242, 419, 291, 281], distinct[3][..6]);
        Assert.Equal([67, 8932, 0, 11677722], distinct.Select(group => group.Select((row, place) => (place + 1) * row).Sum()));
    }

    [Fact]
    public void Permutation_Seed0_IsThatOfRandomState()
    {
        Assert.Equal([2, 8, 4, 9, 1, 6, 7, 3, 0, 5], new MersenneTwister(0).Permutation(10));
    }
}
