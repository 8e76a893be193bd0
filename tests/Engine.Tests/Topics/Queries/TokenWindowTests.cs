using TopicGrpc.Engine.Topics.Queries;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Queries;

public sealed class TokenWindowTests
{
    [Fact]
    public void Of_FewerTokensThanWindow_IsOneWindow() =>
        Assert.Equal([new TokenWindow(0, 3)], TokenWindow.Of(3, new DistributionOptions()));

    [Fact]
    public void Of_NoToken_IsOneEmptyWindow() =>
        Assert.Equal([new TokenWindow(0, 0)], TokenWindow.Of(0, new DistributionOptions()));

    [Fact]
    public void Of_StrideTwo_KeepsFullWindowsOnly() =>
        Assert.Equal([new TokenWindow(0, 4), new TokenWindow(2, 6)], TokenWindow.Of(7, new DistributionOptions { Stride = 2 }));

    [Fact]
    public void Of_Padding_AddsPrefixesAndShortEnds() =>
        Assert.Equal(
            [new TokenWindow(0, 4), new TokenWindow(0, 8), new TokenWindow(4, 10), new TokenWindow(8, 10)],
            TokenWindow.Of(10, new DistributionOptions { Window = 8, Stride = 4, Padding = true }));
}
