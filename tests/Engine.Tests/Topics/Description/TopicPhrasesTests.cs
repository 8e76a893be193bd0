using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Words;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Description;

public sealed class TopicPhrasesTests
{
    [Fact]
    public void Find_WordsThatBelongTogether_ArePairs()
    {
        Dictionary<string, string> pairs = Find(
            Repeat("the middle east needs peace", "the middle east", "peace is here", "we want peace", "peace now", "lasting peace"),
            "middle",
            "east",
            "peace");

        Assert.Equal("middle east", pairs["middle"]);
        Assert.Equal("middle east", pairs["east"]);
        Assert.DoesNotContain("peace", pairs.Keys);
    }

    [Fact]
    public void Find_StopWordBetween_IsNoPair() =>
        Assert.Empty(Find(Repeat("state of union", "speech", "congress"), "state", "union"));

    [Fact]
    public void Find_RarePair_IsNoPair() => Assert.Empty(Find(["middle east", "middle east", "other"], "middle", "east"));

    [Fact]
    public void Find_NumberBetween_IsNoPair() => Assert.Empty(Find(Repeat("april 1993 message", "other text"), "april", "message"));

    private static string[] Repeat(params string[] texts) => [.. Enumerable.Repeat(texts, 10).SelectMany(static t => t)];

    private static Dictionary<string, string> Find(string[] texts, params string[] words)
    {
        Topic topic = new(0, texts.Length, "", [.. words.Select(static word => new TopicWord(word, 1))], []);
        return TopicPhrases.Find(
            [topic],
            new ClassGroups(new int[texts.Length], 1),
            texts,
            new WordOptions { StopWords = ["the", "of", "is", "we"] },
            ComputeOptions.Default,
            TestContext.Current.CancellationToken)[0];
    }
}
