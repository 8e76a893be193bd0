using System.Text;
using System.Text.RegularExpressions;

namespace TopicGrpc.Docs.Tests;

/// <summary>Reads the fenced blocks and the code spans of a Markdown document.</summary>
internal static partial class MarkdownCode
{
    /// <exception cref="FormatException">A fence is not closed.</exception>
    public static IReadOnlyList<CodeBlock> Read(string file, string markdown)
    {
        List<CodeBlock> blocks = [];
        StringBuilder prose = new();
        StringBuilder code = new();
        string? fence = null;
        string language = "";
        int first = 0;
        int number = 0;
        foreach (string line in markdown.Split('\n'))
        {
            number++;
            Match mark = Fence().Match(line);
            if (fence is null && mark.Success)
            {
                (fence, language, first) = (mark.Groups["fence"].Value, mark.Groups["language"].Value, number + 1);
                code.Clear();
            }
            else if (fence is null)
            {
                prose.Append(line);
            }
            else if (mark.Groups["fence"].Value == fence && mark.Groups["language"].Length == 0)
            {
                blocks.Add(new CodeBlock(file, first, language, code.ToString()));
                fence = null;
            }
            else
            {
                code.Append(line).Append('\n');
            }

            // A line of a block becomes a blank line, so that the line numbers of code spans are those of the document.
            prose.Append('\n');
        }

        return fence is null
            ? [.. blocks, .. Spans(file, prose.ToString())]
            : throw new FormatException(FormattableString.Invariant($"{file}:{first - 1}: the fence is not closed"));
    }

    // A span ends in its paragraph: an unpaired backtick must not pair with one in a later paragraph.
    private static IEnumerable<CodeBlock> Spans(string file, string prose)
    {
        foreach (Match span in Span().Matches(prose))
        {
            int line = prose.AsSpan(0, span.Index).Count('\n') + 1;
            yield return new CodeBlock(file, line, Language: null, span.Groups["code"].Value.Replace('\n', ' ').Trim());
        }
    }

    [GeneratedRegex(@"^ *(?<fence>`{3,}|~{3,}) *(?<language>[^\s`]*)[^`]*$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?<!`)(?<ticks>`+)(?!`)(?<code>(?:(?!\n\s*\n).)+?)(?<!`)\k<ticks>(?!`)", RegexOptions.Singleline)]
    private static partial Regex Span();
}
