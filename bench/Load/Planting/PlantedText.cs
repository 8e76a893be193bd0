using System.Globalization;

namespace TopicGrpc.Load.Planting;

/// <summary>Texts about planted groups of very different sizes. The first word of a text names its group.</summary>
internal static class PlantedText
{
    private const int GroupWords = 30;
    private const int CommonWords = 300;
    private const int WordsOfGroup = 6;
    private const int WordsOfAll = 4;

    private static readonly string[] Syllables =
    [
        .. from consonant in "bdfgklmnprstvz" from vowel in "aeiou" select $"{consonant}{vowel}",
    ];

    /// <summary>Returns the group of a document; group 0 is the largest.</summary>
    public static int GroupOf(int document, int groups)
    {
        double place = new Random(document).NextDouble();
        return (int)(groups * place * place);
    }

    /// <summary>Returns the text of a document.</summary>
    public static string Of(int document, int group)
    {
        Random random = new(~document);
        List<string> words = [NameOf(group)];
        for (int index = 0; index < WordsOfGroup; index++)
        {
            words.Add(Word(CommonWords + (group * GroupWords) + random.Next(GroupWords)));
        }

        for (int index = 0; index < WordsOfAll; index++)
        {
            words.Add(Word(random.Next(CommonWords)));
        }

        return string.Join(' ', words);
    }

    /// <summary>Returns the first word of the texts of a group.</summary>
    public static string NameOf(int group) => string.Create(CultureInfo.InvariantCulture, $"group{group:000}");

    /// <summary>Reads the group from a text; texts of other sources belong to group 0.</summary>
    public static int GroupOf(string text)
    {
        int end = text.IndexOf(' ', StringComparison.Ordinal);
        return end > 5 && int.TryParse(text.AsSpan(5, end - 5), NumberStyles.None, CultureInfo.InvariantCulture, out int group) ? group : 0;
    }

    // Words with three syllables; no two numbers have the same word.
    private static string Word(int number) => Syllables[number % Syllables.Length]
        + Syllables[number / Syllables.Length % Syllables.Length]
        + Syllables[number / Syllables.Length / Syllables.Length % Syllables.Length];
}
