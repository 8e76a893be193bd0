using TopicGrpc.Engine.Topics.Recognition;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Recognition;

public sealed class NoveltyReferenceTests
{
    private static readonly NoveltyReference Reference = new([0.1f, 0.25f, 0.25f, 0.5f]);

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(0.2, 0.75)]
    [InlineData(0.25, 0.75)]
    [InlineData(0.3, 0.25)]
    [InlineData(0.5, 0.25)]
    [InlineData(0.6, 0.0)]
    public void ShareAtLeast_Distance_CountsDistancesFromItOn(double distance, double share) =>
        Assert.Equal(share, Reference.ShareAtLeast(distance));

    [Fact]
    public void Create_WithoutAscendingDistances_Throws()
    {
        Assert.Throws<ArgumentException>(() => new NoveltyReference([]));
        Assert.Throws<ArgumentException>(() => new NoveltyReference([0.2f, 0.1f]));
        Assert.Throws<ArgumentException>(() => new NoveltyReference([-0.1f, 0.1f]));
        Assert.Throws<ArgumentException>(() => new NoveltyReference([0.1f, float.NaN]));
    }
}
