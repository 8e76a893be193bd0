using Xunit;

namespace TopicGrpc.Prose.Tests;

/// <summary>
/// Phrases of <c>.config/phrases.txt</c> do not appear in documents, contract, comments and messages (see <c>docs/style.md</c>).
/// </summary>
public sealed class PhraseTests
{
    private static readonly PhraseRule[] Rules = [.. Checkout.List("phrases.txt").Select(PhraseRule.Parse)];

    private static readonly string[] Exclusions = [.. Checkout.List("prose-exclusions.txt")];

    [Fact]
    public void Documents_Phrases_AreStandardTerms() => Check(Checkout.Files(".md"), MarkdownText.Passages);

    [Fact]
    public void Protos_Comments_AreStandardTerms() => Check(Checkout.Files(".proto"), SourceText.Comments);

    [Fact]
    public void Sources_CommentsAndMessages_AreStandardTerms() => Check(
        [.. Checkout.Files(".cs").Where(file => file.StartsWith("src/", StringComparison.Ordinal))],
        SourceText.CommentsAndStrings);

    [Theory]
    [InlineData("the call goes on", "goes on")]
    [InlineData("the call goes\non", "goes on")]
    [InlineData("Whoever reads it", "Whoever")]
    [InlineData("neighbours of a row", "neighbours")]
    public void Find_ForbiddenPhrase_IsFoundAlsoAcrossLines(string text, string expected) =>
        Assert.Equal([expected], Found(MarkdownText.Passages(text)));

    [Theory]
    [InlineData("the pattern `goes on` in a code span")]
    [InlineData("```text\nthe call goes on\n```")]
    [InlineData("neighbors of a row beside it; connection refused")]
    public void Find_QuotedOrStandardText_IsNotFound(string text) => Assert.Empty(Found(MarkdownText.Passages(text)));

    [Theory]
    [InlineData("/// <summary>It is begun\n/// anew.</summary>\nint anew;", 2)]
    [InlineData("string s = $\"{x} begins anew\";", 1)]
    [InlineData("string s = \"\"\"\n  he said \"anew\"\n  \"\"\";", 2)]
    [InlineData("char c = '\"'; // anew", 1)]
    public void Find_CommentOrString_IsFoundOnItsLine(string source, int line)
    {
        Passage found = Assert.Single(Rules.SelectMany(rule => rule.Find(SourceText.CommentsAndStrings(source))));

        Assert.Equal(line, found.Line);
    }

    [Theory]
    [InlineData("int anew = 1;")]
    [InlineData("char c = '\"'; int anew = 1; char d = '\"';")]
    public void Find_Identifier_IsNotFound(string source) => Assert.Empty(Found(SourceText.CommentsAndStrings(source)));

    private static string[] Found(IReadOnlyList<Passage> passages) =>
        [.. Rules.SelectMany(rule => rule.Find(passages)).Select(passage => passage.Text)];

    private static void Check(IReadOnlyList<string> files, Func<string, IReadOnlyList<Passage>> read)
    {
        Assert.NotEmpty(files);
        List<string> wrong = [];
        foreach (string file in files.Where(file => !Exclusions.Any(folder => file.StartsWith(folder, StringComparison.Ordinal))))
        {
            IReadOnlyList<Passage> passages = read(Checkout.Read(file));
            wrong.AddRange(
                from rule in Rules
                from found in rule.Find(passages)
                select $"{file}:{found.Line}: \"{found.Text}\" -> {rule.Advice}");
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} phrases to replace:\n{string.Join('\n', wrong)}");
    }
}
