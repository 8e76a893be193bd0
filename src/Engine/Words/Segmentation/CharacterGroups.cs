using System.Text;

namespace TopicGrpc.Engine.Words.Segmentation;

/// <summary>
/// Groups of characters that no word boundary of Thai, Lao, Khmer and Burmese separates: a consonant with its vowel signs and tone marks.
/// Source: Theeramunkong and others 2000, "Character cluster based Thai information retrieval", reduced to the rules without exceptions.
/// </summary>
internal static class CharacterGroups
{
    /// <summary>Removes the starts of characters that belong to the group before them.</summary>
    /// <param name="text">The run of characters.</param>
    /// <param name="starts">Start of each character; receives the starts of the groups.</param>
    public static void Keep(ReadOnlySpan<char> text, List<int> starts)
    {
        int kept = 0;
        for (int i = 0; i < starts.Count; i++)
        {
            char current = text[starts[i]];
            char before = i == 0 ? '\0' : text[starts[i] - 1];
            bool belongs = i > 0 && (Follows(current) || IsLeadingVowel(before) || IsStacker(before));
            if (!belongs)
            {
                starts[kept++] = starts[i];
            }
        }

        starts.RemoveRange(kept, starts.Count - kept);
    }

    private static bool Follows(char value) =>
        CharacterClasses.IsMark(new Rune(value))
        || value is (>= '\u0E30' and <= '\u0E3A') or '\u0E45' or '\u0E46' or (>= '\u0EB0' and <= '\u0EBC') or '\u0EC6';

    private static bool IsLeadingVowel(char value) => value is (>= '\u0E40' and <= '\u0E44') or (>= '\u0EC0' and <= '\u0EC4');

    /// <summary>Khmer coeng and Burmese virama: the next consonant is written below.</summary>
    private static bool IsStacker(char value) => value is '\u17D2' or '\u1039';
}
