using TopicGrpc.Cli.Input;

namespace TopicGrpc.Cli.Tests.Input;

public sealed class NewsgroupStripperTests
{
    private const NewsgroupParts All = NewsgroupParts.Headers | NewsgroupParts.Footers | NewsgroupParts.Quotes;

    [Theory]
    [InlineData("From: a\nLines: 2\n\nBody.\n\nMore.", "Body.\n\nMore.")]
    [InlineData("From: a\nno blank line", "")]
    [InlineData("\n\nBody", "Body")]
    public void Strip_Headers_TextAfterTheFirstBlankLine(string text, string expected) =>
        Assert.Equal(expected, NewsgroupStripper.Strip(text, NewsgroupParts.Headers));

    [Theory]
    [InlineData("Body.\n--\nJane\n", "Body.")]
    [InlineData("Body.\n\nMore.\n \t---- \nJane", "Body.\n\nMore.")]
    [InlineData("Body.\n\nJane\n\n\n", "Body.")]
    [InlineData("One line only.\n\n", "One line only.\n\n")]
    [InlineData("--\nJane", "--\nJane")]
    [InlineData("  a\n-\u001C-\n b ", "  a\n-\u001C-\n b ")]
    [InlineData("a\n\u001C--\u001F\nb", "a")]
    [InlineData("", "")]
    public void Strip_Footers_CutAtTheLastLineOfDashesOrBlanks(string text, string expected) =>
        Assert.Equal(expected, NewsgroupStripper.Strip(text, NewsgroupParts.Footers));

    [Theory]
    [InlineData("> quoted\nmine", "mine")]
    [InlineData("| quoted\nIn article <1> x\nQuoted from y\nmine\n > kept", "mine\n > kept")]
    [InlineData("a@b (A) writes:\nx wrote: y\nhe says: so\nshe said: no\nas a writes in b\nmine", "mine")]
    [InlineData("not In article\n\nQuoted", "not In article\n\nQuoted")]
    [InlineData(">", "")]
    public void Strip_Quotes_LinesThatQuoteOrAnnounceDropped(string text, string expected) =>
        Assert.Equal(expected, NewsgroupStripper.Strip(text, NewsgroupParts.Quotes));

    [Fact]
    public void Strip_All_HeadersFirstThenFootersThenQuotes() =>
        Assert.Equal("mine", NewsgroupStripper.Strip("From: a\n\n> x\nmine\n--\n> J", All));

    [Fact]
    public async Task Strip_TwentyNewsgroups_EqualsScikitLearnOnEveryPost()
    {
        string raw = SharedFile.At("data/20newsgroups/raw.jsonl.gz");
        string stripped = SharedFile.At("data/20newsgroups/stripped.jsonl.gz");
        CancellationToken token = TestContext.Current.CancellationToken;

        using var rawSource = InputSource.Open(raw, new InputFields(), All);
        using var strippedSource = InputSource.Open(stripped, new InputFields(), NewsgroupParts.None);
        IAsyncEnumerable<InputDocument> ours = rawSource.ReadAsync(token);
        IAsyncEnumerable<InputDocument> theirs = strippedSource.ReadAsync(token);
        int equal = 0;
        await foreach ((InputDocument mine, InputDocument reference) in ours.Zip(theirs).WithCancellation(token))
        {
            Assert.Equal(reference.Id, mine.Id);
            Assert.Equal(reference.Text, mine.Text);
            equal++;
        }

        Assert.Equal(18_846, equal);
    }
}
