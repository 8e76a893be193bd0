using TopicGrpc.Explorer.Parts;

namespace TopicGrpc.Explorer.Tests.Parts;

public sealed class TextPartTests
{
    [Fact]
    public void Split_WordsAndNgrams_MarksWholeWordsAndTheLongestTerm()
    {
        IReadOnlyList<TextPart> parts = TextPart.Split("Health-care costs; healthy carers.", ["health", "health care"]);

        Assert.Equal(["Health-care"], parts.Where(static part => part.IsMarked).Select(static part => part.Text));
        Assert.Equal("Health-care costs; healthy carers.", string.Concat(parts.Select(static part => part.Text)));
    }

    [Fact]
    public void Split_WordsWithSpecialCharacters_AreNoPatterns()
    {
        IReadOnlyList<TextPart> parts = TextPart.Split("a.c abc", ["a.c"]);

        Assert.Equal(["a.c"], parts.Where(static part => part.IsMarked).Select(static part => part.Text));
    }

    [Theory]
    [InlineData("", "word")]
    [InlineData("text", "")]
    [InlineData("text", " ")]
    public void Split_NothingToFind_ReturnsTheText(string text, string word) =>
        Assert.Equal([new TextPart(text, IsMarked: false)], TextPart.Split(text, [word]));
}
