using TopicGrpc.Shared;

namespace TopicGrpc.Client.Sdk.Tests.Contract;

/// <summary>The expected numbers come from a Python implementation of the rule that <c>TrafficPolicy.targets</c> states.</summary>
public sealed class RoutingDrawTests
{
    [Theory]
    [InlineData("split", "news", "user-1", 5823)]
    [InlineData("shadow", "news", "user-1", 8894)]
    [InlineData("split", "sport", "user-1", 8137)]
    [InlineData("split", "news", "grüße", 437)]
    [InlineData("split", "news", "", 3803)]
    public void Of_Key_IsTheNumberOfTheContract(string purpose, string model, string key, int expected) =>
        Assert.Equal(expected, RoutingDraw.Of(purpose, model, [key], []));

    [Fact]
    public void Of_TextsOfABatch_IsTheDrawOfTheirConcatenation() =>
        Assert.Equal(
            RoutingDraw.Of(RoutingDraw.Split, "news", ["user-1"], []), RoutingDraw.Of(RoutingDraw.Split, "news", ["user", "-1"], []));

    [Fact]
    public void Of_Embedding_HashesLittleEndianFloats() =>
        Assert.Equal(5478, RoutingDraw.Of(RoutingDraw.Split, "news", [], [0.5f, -1.25f]));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(6999, 0)]
    [InlineData(7000, 1)]
    [InlineData(9999, 2)]
    public void TargetOf_Draw_IsTheTargetWhoseShareContainsIt(int draw, int expected) =>
        Assert.Equal(expected, RoutingDraw.TargetOf(draw, [7000, 2999, 1]));

    [Fact]
    public void TargetOf_DrawBeyondTheWeights_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => RoutingDraw.TargetOf(5000, [5000]));
}
