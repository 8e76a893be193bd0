using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words;
using Xunit;

namespace TopicGrpc.Engine.Tests.Words;

public sealed class FrequentWordsTests
{
    private static readonly string[][] Themes =
    [
        ["goal", "team", "coach", "season"],
        ["orbit", "launch", "moon", "rocket"],
        ["flour", "oven", "butter", "sugar"],
    ];

    [Fact]
    public void Find_WordOfAllThemes_IsFrequent() =>
        Assert.Equal(["sagte"], Find(Corpus(300, static i => i % 2 == 0 ? "sagte" : "")));

    [Fact]
    public void Find_WordOfOneLargeTheme_IsKept() =>
        Assert.Empty(Find(Corpus(300, static i => i % 3 == 0 ? "stadium" : "")));

    [Fact]
    public void Find_WordBelowTheShare_IsKept() => Assert.Empty(Find(Corpus(300, static i => i % 4 == 0 ? "sagte" : "")));

    [Fact]
    public void Find_FewDocuments_FindsNothing() => Assert.Empty(Find(Corpus(60, static _ => "sagte")));

    [Fact]
    public void Find_DocumentsWithoutOtherWords_FindsNothing()
    {
        string[] texts = Corpus(300, static i => i % 2 == 0 ? "sagte" : "");
        for (int i = 0; i < 60; i++)
        {
            texts[i] = "sagte";
        }

        Assert.Empty(Find(texts));
    }

    /// <summary>Returns documents of three themes in turn, each with an additional word by its number.</summary>
    private static string[] Corpus(int count, Func<int, string> word)
    {
        Random random = new(3);
        return [.. Enumerable.Range(0, count).Select(i => $"{word(i)} {Text(i, random)}")];
    }

    private static string Text(int document, Random random) =>
        string.Join(' ', Enumerable.Range(0, 4).Select(_ => Themes[document % 3][random.Next(4)]));

    private static IReadOnlyList<string> Find(string[] texts) => FrequentWords.Find(
        DocumentTokenizer.Read(texts, new WordOptions(), ComputeOptions.Default, TestContext.Current.CancellationToken),
        TestContext.Current.CancellationToken);
}
