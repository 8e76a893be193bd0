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

    [Fact]
    public void Permutation_Seed0_IsThatOfRandomState()
    {
        Assert.Equal([2, 8, 4, 9, 1, 6, 7, 3, 0, 5], new MersenneTwister(0).Permutation(10));
    }
}
