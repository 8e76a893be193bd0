using TopicGrpc.Engine.Topics.Fitting;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Fitting;

public sealed class ResolutionGridTests
{
    [Theory]
    [InlineData(60, 3, 7)]
    [InlineData(1000, 5, 125)]
    [InlineData(5000, 10, 416)]
    [InlineData(18_846, 10, 1570)]
    [InlineData(100_000, 10, 8333)]
    public void For_Documents_CoversTheUsefulSizes(int documents, int least, int most)
    {
        int[] sizes = ResolutionGrid.For(documents, AutomaticSettings.ClusterSizeFor(documents));

        Assert.Equal(least, sizes[0]);
        Assert.InRange(sizes[^1], most / 1.3, most);
        Assert.Equal(sizes.Order().Distinct(), sizes);
        Assert.All(sizes.Zip(sizes.Skip(1)), pair => Assert.InRange((double)pair.Second / pair.First, 1.0, 1.67));
    }

    [Fact]
    public void For_SizeByDocuments_IsAmongThem() => Assert.Contains(179, ResolutionGrid.For(18_846, 179));
}
