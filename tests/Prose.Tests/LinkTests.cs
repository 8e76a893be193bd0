using System.Text.RegularExpressions;
using Xunit;

namespace TopicGrpc.Prose.Tests;

/// <summary>Every relative link of every Markdown file leads to a file or folder, and every anchor to a heading.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Documents_RelativeLinks_LeadToAFileAndAHeading()
    {
        List<string> wrong = [];
        int links = 0;
        foreach (string file in Checkout.Files(".md"))
        {
            foreach (Passage line in MarkdownText.Passages(Checkout.Read(file)))
            {
                foreach (Match match in Link().Matches(line.Text))
                {
                    links++;
                    if (Problem(file, match.Groups["target"].Value) is { } problem)
                    {
                        wrong.Add($"{file}:{line.Line}: {problem}");
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} broken links:\n{string.Join('\n', wrong)}");
        Assert.True(links >= 20, $"Only {links} links were found.");
    }

    [Theory]
    [InlineData("README.md", "docs/operations.md", null)]
    [InlineData("docs/operations.md", "../README.md", null)]
    [InlineData("README.md", "https://example.org/none", null)]
    [InlineData("README.md", "docs/none.md", "docs/none.md does not exist")]
    [InlineData("README.md", "docs/operations.md#none", "docs/operations.md has no heading #none")]
    [InlineData("docs/operations.md", "#none", "docs/operations.md has no heading #none")]
    public void Problem_Link_NamesWhatIsMissing(string file, string target, string? expected)
    {
        ArgumentNullException.ThrowIfNull(target);

        Assert.Equal(expected, Problem(file, target));
    }

    [Theory]
    [InlineData("## Data folder", "data-folder")]
    [InlineData("# 0041: One retry layer, round the `call`", "0041-one-retry-layer-round-the-call")]
    [InlineData("### [Linked](there.md) words", "linked-words")]
    public void Anchors_Heading_IsTheOneOfGitHub(string heading, string expected) => Assert.Equal([expected], Anchors(heading));

    private static string? Problem(string file, string target)
    {
        if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
        {
            return null;
        }

        string[] parts = Uri.UnescapeDataString(target).Split('#', 2);
        string folder = Path.GetDirectoryName(file) ?? string.Empty;
        string path = parts[0].Length == 0 ? file : Path.Combine(folder, parts[0]);
        string full = Path.GetFullPath(path, Checkout.Root);
        string relative = Path.GetRelativePath(Checkout.Root, full).Replace('\\', '/');
        if (!File.Exists(full) && !Directory.Exists(full))
        {
            return $"{relative} does not exist";
        }

        return parts.Length == 1 || Anchors(File.ReadAllText(full)).Contains(parts[1]) ? null : $"{relative} has no heading #{parts[1]}";
    }

    private static IReadOnlyList<string> Anchors(string markdown) =>
    [
        .. from line in MarkdownText.Lines(markdown)
           let heading = Heading().Match(line.Text)
           where heading.Success
           select Slug(LinkText().Replace(heading.Groups["title"].Value, "$1")),
    ];

    /// <summary>Returns the anchor that GitHub gives a heading: lower case, letters and digits, a hyphen for each blank.</summary>
    private static string Slug(string title) => string.Concat(
        from letter in title.Trim()
        where char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_'
        select letter == ' ' ? '-' : char.ToLowerInvariant(letter));

    [GeneratedRegex(@"(?<!!)\[[^\]]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"^#{1,6} (?<title>.+)$")]
    private static partial Regex Heading();
}
