using System.Globalization;

namespace TopicGrpc.Engine.Topics;

/// <summary>Generated names of topics.</summary>
public static class TopicNames
{
    private const int WordsInName = 4;

    /// <summary>Returns the default name: id and the first four words, joined by underscores.</summary>
    /// <param name="id">Topic.</param>
    /// <param name="words">Its words, best first.</param>
    /// <returns>The name.</returns>
    public static string Default(int id, IReadOnlyList<TopicWord> words) =>
        Generate(id, words, WordsInName, prefix: true, wordLength: null, "_");

    /// <summary>
    /// Returns the name of a topic after its id or its words changed. A default name is generated again; another name (zero-shot, imported)
    /// is kept.
    /// </summary>
    internal static string Follow(Topic before, int id, IReadOnlyList<TopicWord> words) =>
        before.Name == Default(before.Id, before.Words) ? Default(id, words) : before.Name;

    /// <summary>Generates a name; Python <c>generate_topic_labels</c>.</summary>
    /// <param name="id">Topic.</param>
    /// <param name="words">Its words, best first.</param>
    /// <param name="wordCount">Number of words, 1 or more.</param>
    /// <param name="prefix">Whether the name starts with the id.</param>
    /// <param name="wordLength">Maximum number of characters of each word; null for no limit.</param>
    /// <param name="separator">Text between the parts.</param>
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
