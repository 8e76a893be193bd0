using System.Text;
using System.Text.RegularExpressions;

namespace TopicGrpc.Prose.Tests;

/// <summary>A phrase that this repository does not use, as a pattern over whole words, and the term to use instead.</summary>
internal sealed class PhraseRule
{
    private readonly Regex _pattern;

    private PhraseRule(string pattern, string advice)
    {
        _pattern = new Regex(
            $@"\b(?:{pattern.Replace(" ", @"\s+", StringComparison.Ordinal)})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        Advice = advice;
    }

    public string Advice { get; }

    /// <summary>Reads a line <c>pattern -> advice</c> of <c>.config/phrases.txt</c>.</summary>
    public static PhraseRule Parse(string line)
    {
        string[] parts = line.Split(" -> ", 2);
        return parts.Length == 2
            ? new PhraseRule(parts[0].Trim(), parts[1].Trim())
            : throw new FormatException($"'{line}' in phrases.txt is not 'pattern -> advice'.");
    }

    /// <summary>
    /// Returns the line and the text of every match. Passages are joined first, because a phrase may continue on the next line.
    /// </summary>
    public IEnumerable<Passage> Find(IReadOnlyList<Passage> passages)
    {
        StringBuilder joined = new();
        List<int> starts = [];
        foreach (Passage passage in passages)
        {
            starts.Add(joined.Length);
            joined.Append(passage.Text).Append('\n');
        }

        foreach (Match match in _pattern.Matches(joined.ToString()))
        {
            int index = starts.BinarySearch(match.Index);
            yield return new Passage(passages[index < 0 ? ~index - 1 : index].Line, match.Value.ReplaceLineEndings(" "));
        }
    }
}
