using Xunit;

namespace TopicGrpc.Parity.Tests;

/// <summary>Expected values are computed by hand.</summary>
public sealed class PartitionsTests
{
    [Fact]
    public void AdjustedMutualInformation_RenamedLabels_IsOne()
    {
        Assert.Equal(1.0, Partitions.AdjustedMutualInformation([0, 0, 1, 1], [1, 1, 0, 0]), 12);
    }

    [Fact]
    public void AdjustedMutualInformation_AllApart_IsZero()
    {
        Assert.Equal(0.0, Partitions.AdjustedMutualInformation([0, 0, 0, 0], [0, 1, 2, 3]), 12);
    }

    [Fact]
    public void AdjustedMutualInformation_OneItemMoved_IsKnownValue()
    {
        // In bits: mutual information 1, entropies 1 and 1.5. Of the 6 placements of the pair, 2 keep all information and 4 half of it.
        double chance = ((2 * 1.0) + (4 * 0.5)) / 6;
        double expected = (1.0 - chance) / (1.25 - chance);

        Assert.Equal(expected, Partitions.AdjustedMutualInformation([0, 0, 1, 1], [0, 0, 1, 2]), 12);
    }

    [Fact]
    public void Match_SwappedLabels_PairsByOverlap()
    {
        Dictionary<int, int> match = Partitions.Match([0, 0, 0, 1, 1, -1], [1, 1, 0, 0, 0, -1]);

        Assert.Equal(1, match[0]);
        Assert.Equal(0, match[1]);
        Assert.Equal(-1, match[-1]);
    }
}
