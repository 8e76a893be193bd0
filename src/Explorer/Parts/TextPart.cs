using System.Text.RegularExpressions;

namespace TopicGrpc.Explorer.Parts;

/// <summary>A part of a text, marked or not.</summary>
/// <param name="Text">The part.</param>
/// <param name="IsMarked">Whether it is one of the words.</param>
public sealed record TextPart(string Text, bool IsMarked)
{
    private const int MaxWords = 100;

    /// <summary>Divides a text at the occurrences of words. Case does not count; a word only matches whole words.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">Words or n-grams joined by spaces; only the first 100 are used.</param>
    /// <returns>The parts in order; joined, they are the text.</returns>
    public static IReadOnlyList<TextPart> Split(string text, IReadOnlyCollection<string> words)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(words);
        string[] given = [.. words.Where(static word => !string.IsNullOrWhiteSpace(word)).Take(MaxWords)];
        if (given.Length == 0 || text.Length == 0)
        {
            return [new TextPart(text, IsMarked: false)];
        }

        // Longer terms first: "health care" wins over "health". Without backtracking, the time is linear in the text.
        string any = string.Join('|', given.OrderByDescending(static word => word.Length).Select(Pattern));
        Regex search = new($@"\b(?:{any})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        List<TextPart> parts = [];
        int end = 0;
        foreach (Match match in search.Matches(text))
        {
            if (match.Index > end)
            {
                parts.Add(new TextPart(text[end..match.Index], IsMarked: false));
            }

            parts.Add(new TextPart(match.Value, IsMarked: true));
            end = match.Index + match.Length;
        }

        if (end < text.Length)
        {
            parts.Add(new TextPart(text[end..], IsMarked: false));
        }

        return parts;
    }

    // Between the words of an n-gram, a text can have any characters that separate words.
    private static string Pattern(string word) =>
        string.Join(@"\W+", word.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Regex.Escape));
}
