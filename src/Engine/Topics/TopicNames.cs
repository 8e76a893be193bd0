using System.Globalization;

namespace TopicGrpc.Engine.Topics;

/// <summary>Names made of words.</summary>
public static class TopicNames
{
    private const int WordsInName = 4;

    /// <summary>Default name: id and the first four words, joined by low lines.</summary>
    /// <param name="id">Topic.</param>
    /// <param name="words">Its words, best first.</param>
    /// <returns>The name.</returns>
    public static string Default(int id, IReadOnlyList<TopicWord> words) => Generate(id, words, WordsInName, prefix: true, wordLength: null, "_");

    /// <summary>Name of a topic after its id or its words changed: the default name follows them, another (a zero-shot topic's, an imported one's) stays.</summary>
    internal static string Follow(Topic before, int id, IReadOnlyList<TopicWord> words) =>
        before.Name == Default(before.Id, before.Words) ? Default(id, words) : before.Name;

    /// <summary>A name of chosen form; Python <c>generate_topic_labels</c>.</summary>
    /// <param name="id">Topic.</param>
    /// <param name="words">Its words, best first.</param>
    /// <param name="wordCount">How many words, 1 or more.</param>
    /// <param name="prefix">Whether the id stands first.</param>
    /// <param name="wordLength">Characters kept of each word; null: all.</param>
    /// <param name="separator">What stands between.</param>
    /// <returns>The name.</returns>
    public static string Generate(int id, IReadOnlyList<TopicWord> words, int wordCount, bool prefix, int? wordLength, string separator)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentOutOfRangeException.ThrowIfLessThan(wordCount, 1);
        List<string> parts = [];
        if (prefix)
        {
            parts.Add(id.ToString(CultureInfo.InvariantCulture));
        }

        for (int i = 0; i < Math.Min(wordCount, words.Count); i++)
        {
            string term = words[i].Term;
            parts.Add(wordLength is { } length && term.Length > length ? term[..length] : term);
        }

        return string.Join(separator, parts);
    }
}
