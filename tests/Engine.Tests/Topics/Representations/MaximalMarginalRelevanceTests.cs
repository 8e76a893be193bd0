using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Tests.Archive;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Representations;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Representations;

public sealed class MaximalMarginalRelevanceTests
{
    private static readonly TopicWord[] Words = [new("car", 0.9), new("cars", 0.8), new("auto", 0.7), new("road", 0.6)];

    /// <summary>Three near one axis, one on another: cos(word, sum) falls from car to road, and only road is far from car.</summary>
    private static readonly Dictionary<string, float[]> Table = new(StringComparer.Ordinal)
    {
        ["car"] = [1, 0.3f, 0],
        ["cars"] = [1, 0.2f, 0],
        ["auto"] = [1, 0, 0.2f],
        ["road"] = [0, 1, 0],
    };

    [Fact]
    public void Choose_NoDiversity_TakesTheMostRelevant() => Assert.Equal(["car", "cars"], Chosen(0, 2));

    [Fact]
    public void Choose_HighDiversity_TakesTheOneUnlikeTheFirst() => Assert.Equal(["car", "road"], Chosen(0.8, 2));

    [Fact]
    public void Choose_AnyDiversity_KeepsOrderAndScores()
    {
        TopicWord[] chosen = Choose(new MaximalMarginalRelevance { Diversity = 0.8, WordCount = 3 });

        Assert.Equal(chosen.OrderByDescending(word => word.Score), chosen);
        Assert.All(chosen, word => Assert.Contains(word, Words));
    }

    [Fact]
    public void Choose_FewerWordsThanWanted_KeepsAll() => Assert.Equal(Words, Choose(new MaximalMarginalRelevance { WordCount = 10 }));

    [Theory]
    [InlineData(-0.1, 10)]
    [InlineData(1.1, 10)]
    [InlineData(double.NaN, 10)]
    [InlineData(0.5, 0)]
    [InlineData(0.5, 101)]
    public void Validate_SettingOutOfRange_IsRefused(double diversity, int words) =>
        Assert.Throws<ArgumentException>(() => new MaximalMarginalRelevance { Diversity = diversity, WordCount = words }.Validate());

    private static string[] Chosen(double diversity, int words) =>
        [.. Choose(new MaximalMarginalRelevance { Diversity = diversity, WordCount = words }).Select(word => word.Term)];

    private static TopicWord[] Choose(MaximalMarginalRelevance representation)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        ComputeOptions compute = new() { Threads = 1 };
        TextVectors vectors = new(new TableEmbedder(3, new string('a', 64), Table), compute, token);
        return DiverseWords.Choose(representation, [Words], new RepresentationInput(SmallModel.Instance, null, vectors, compute, token))[0];
    }
}
