using System.Text.RegularExpressions;

namespace TopicGrpc.Prose.Tests;

/// <summary>
/// The prose of a Markdown file: fenced blocks and code spans are left out, because they quote code, output or wrong examples.
/// </summary>
internal static partial class MarkdownText
{
    public static IReadOnlyList<Passage> Passages(string markdown) =>
        [.. Lines(markdown).Select(line => line with { Text = CodeSpan().Replace(line.Text, " ") })];

    /// <summary>Returns the lines outside fenced blocks, with their code spans.</summary>
    public static IEnumerable<Passage> Lines(string markdown)
    {
        string? fence = null;
        int number = 0;
        foreach (string line in markdown.Split('\n'))
        {
            number++;
            Match mark = Fence().Match(line);
            if (fence is not null)
            {
                fence = mark.Success && mark.Value.Trim() == fence ? null : fence;
            }
            else if (mark.Success)
            {
                fence = mark.Value.Trim();
            }
            else
            {
                yield return new Passage(number, line.TrimEnd('\r'));
            }
        }
    }

    [GeneratedRegex("^ *(```|~~~)")]
    private static partial Regex Fence();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex CodeSpan();
}
