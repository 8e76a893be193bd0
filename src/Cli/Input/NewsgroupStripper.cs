using System.Text;
using System.Text.RegularExpressions;

namespace TopicGrpc.Cli.Input;

/// <summary>
/// Removes the parts of a newsgroup post that reveal its group independently of its subject, as scikit-learn's 20 Newsgroups loader does
/// (<c>strip_newsgroup_header</c>, <c>_footer</c>, <c>_quoting</c>), in the same order: headers, footers, quotes.
/// </summary>
internal static partial class NewsgroupStripper
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    public static string Strip(string text, NewsgroupParts parts)
    {
        if (parts.HasFlag(NewsgroupParts.Headers))
        {
            text = WithoutHeader(text);
        }

        if (parts.HasFlag(NewsgroupParts.Footers))
        {
            text = WithoutFooter(text);
        }

        return parts.HasFlag(NewsgroupParts.Quotes) ? WithoutQuotes(text) : text;
    }

    /// <summary>Returns the text after the first blank line; empty without a blank line.</summary>
    private static string WithoutHeader(string text)
    {
        int blank = text.IndexOf("\n\n", StringComparison.Ordinal);
        return blank < 0 ? string.Empty : text[(blank + 2)..];
    }

    /// <summary>
    /// Searches backwards for a line of blanks and dashes only and returns the text before it. Returns the text unchanged if there is
    /// none or if it is the first line. The search uses the trimmed text, so trailing blank lines are not a signature.
    /// </summary>
    private static string WithoutFooter(string text)
    {
        ReadOnlySpan<char> trimmed = PythonWhiteSpace.Trim(text);
        int end = trimmed.Length;
        while (true)
        {
            int start = trimmed[..end].LastIndexOf('\n') + 1;
            if (start == 0)
            {
                return text;
            }

            if (PythonWhiteSpace.Trim(trimmed[start..end]).Trim('-').IsEmpty)
            {
                return trimmed[..(start - 1)].ToString();
            }

            end = start - 1;
        }
    }

    private static string WithoutQuotes(string text)
    {
        StringBuilder kept = new(text.Length);
        bool first = true;
        foreach (Range range in text.AsSpan().Split('\n'))
        {
            ReadOnlySpan<char> line = text.AsSpan(range);
            if (QuoteOrAnnouncement().IsMatch(line))
            {
                continue;
            }

            if (!first)
            {
                kept.Append('\n');
            }

            kept.Append(line);
            first = false;
        }

        return kept.ToString();
    }

    [GeneratedRegex(@"(writes in|writes:|wrote:|says:|said:|^In article|^Quoted from|^\||^>)", Options)]
    private static partial Regex QuoteOrAnnouncement();
}
