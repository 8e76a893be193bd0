using System.Globalization;

namespace TopicGrpc.Engine.Topics.Description;

/// <summary>
/// Names of <see cref="Settings.TopicNaming.Distinct"/>. A word belongs to the topic in which it weighs most. A name takes the best words
/// that belong to its topic first, then words that other topics share. Inflected forms of one word count once, numbers come last.
/// </summary>
internal static class DistinctNames
{
    /// <summary>Best words of a topic from which its name is chosen.</summary>
    public const int CandidateCount = 10;

    private const string Outliers = "outliers";
    private const string Separator = ", ";
    private const int MaxParts = 3;
    private const int MaxLength = 80;
    private const int LeastStem = 4;
    private const int MaxEnding = 3;

    /// <summary>Returns the topics with generated names. A name that is also the custom label of its topic was given and is kept.</summary>
    /// <param name="topics">Topics in row order.</param>
    /// <param name="phrases">For each row, pairs of words by the word they replace; null for none.</param>
    public static Topic[] Apply(IReadOnlyList<Topic> topics, IReadOnlyList<IReadOnlyDictionary<string, string>>? phrases)
    {
        Dictionary<string, int> owners = Owners(topics);
        HashSet<string> taken = new(topics.Where(IsGiven).Select(static topic => topic.Name), StringComparer.Ordinal);
        var named = new Topic[topics.Count];
        for (int row = 0; row < named.Length; row++)
        {
            Topic topic = topics[row];
            named[row] = IsGiven(topic) ? topic : topic with
            {
                Name = topic.Id < 0 ? Outliers : Unique(Parts(topic, row, owners, phrases?[row]), topic.Id, taken),
            };
        }

        return named;
    }

    private static bool IsGiven(Topic topic) => topic.CustomLabel is { } label && label == topic.Name;

    /// <summary>Returns the row in which each word weighs most; of equal weights, the first.</summary>
    private static Dictionary<string, int> Owners(IReadOnlyList<Topic> topics)
    {
        Dictionary<string, (double Weight, int Row)> best = new(StringComparer.Ordinal);
        for (int row = 0; row < topics.Count; row++)
        {
            foreach (TopicWord word in topics[row].Id < 0 ? [] : topics[row].Words.Take(CandidateCount))
            {
                if (!best.TryGetValue(word.Term, out (double Weight, int Row) known) || word.Score > known.Weight)
                {
                    best[word.Term] = (word.Score, row);
                }
            }
        }

        return best.ToDictionary(static entry => entry.Key, static entry => entry.Value.Row, StringComparer.Ordinal);
    }

    /// <summary>Returns the possible parts of a name, best first.</summary>
    private static List<string> Parts(
        Topic topic, int row, Dictionary<string, int> owners, IReadOnlyDictionary<string, string>? phrases)
    {
        List<string> used = [];
        List<string> parts = [];
        IEnumerable<string> ordered = topic.Words.Take(CandidateCount)
            .Select(static word => word.Term)
            .Where(static word => word.Length > 0)
            .OrderBy(word => IsNumber(word) ? 2 : owners[word] == row ? 0 : 1);
        foreach (string word in ordered)
        {
            if (used.Exists(other => IsForm(word, other)))
            {
                continue;
            }

            string part = phrases?.GetValueOrDefault(word) ?? word;
            used.AddRange(part.Split(' '));
            parts.Add(Cut(part));
        }

        return parts;
    }

    private static string Unique(List<string> parts, int id, HashSet<string> taken)
    {
        string name = parts.Count == 0 ? string.Create(CultureInfo.InvariantCulture, $"topic {id}") : "";
        for (int i = 0; i < parts.Count && (i < MaxParts || taken.Contains(name)); i++)
        {
            string longer = i == 0 ? parts[0] : name + Separator + parts[i];
            name = longer.Length <= MaxLength ? longer : name;
        }

        if (!taken.Add(name))
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{name} ({id})");
            taken.Add(name);
        }

        return name;
    }

    private static bool IsNumber(string word) => word.All(char.IsDigit);

    /// <summary>Returns whether one word is the other with an ending of up to three characters.</summary>
    private static bool IsForm(string word, string other)
    {
        (string shorter, string longer) = word.Length <= other.Length ? (word, other) : (other, word);
        return shorter == longer
            || (shorter.Length >= LeastStem && longer.Length - shorter.Length <= MaxEnding
                && longer.StartsWith(shorter, StringComparison.Ordinal));
    }

    private static string Cut(string part)
    {
        if (part.Length <= MaxLength)
        {
            return part;
        }

        int end = char.IsHighSurrogate(part[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
        return part[..end] + "…";
    }
}
