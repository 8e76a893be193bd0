using System.Globalization;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>Content of <c>topics.json</c>: topics with words, names and sizes, the assignments, and the topic mapper.</summary>
internal sealed record BertopicTopics(
    IReadOnlyList<Topic> Topics,
    int OutlierOffset,
    int[] Assignments,
    TopicMapper Mapper,
    IReadOnlyDictionary<string, TopicWord[][]>? Aspects)
{
    /// <summary>Highest number of words of a topic, as for a fit.</summary>
    public const int MaxWords = 100;

    /// <exception cref="InvalidDataException">A field is missing or invalid.</exception>
    public static BertopicTopics Read(ForeignJson json)
    {
        ForeignJson representations = json.Member(BertopicNames.Representations);
        int offset = json.Member(BertopicNames.Outliers).Whole(0, 1);
        TopicWord[][] words = ByTopic(representations, offset, count: null, Words);
        int last = words.Length - offset - 1;
        int[] assignments = [.. json.Member(BertopicNames.Labels).Items().Select(item => item.Whole(-offset, last))];
        int[] sizes = ByTopic(json.Member(BertopicNames.Sizes), offset, words.Length, size => size.Whole(0, int.MaxValue));
        string[] names = ByTopic(json.Member(BertopicNames.TopicLabels), offset, words.Length, name => name.Text());
        string?[] custom = Custom(json.TryValue(BertopicNames.CustomLabels), words.Length);
        Topic[] topics = [.. words.Select((list, row) => new Topic(row - offset, sizes[row], names[row], list, [], custom[row]))];
        return new BertopicTopics(
            topics, offset, assignments, ReadMapper(json.Member(BertopicNames.Mapper)), ReadAspects(json, offset, words.Length));
    }

    private static TopicWord[] Words(ForeignJson list)
    {
        TopicWord[] words = [.. list.Items().Take(MaxWords + 1).Select(pair =>
        {
            ForeignJson[] parts = [.. pair.Items().Take(3)];
            return parts.Length == 2 ? new TopicWord(parts[0].Text(), parts[1].Number()) : throw pair.Wrong("a pair of word and score");
        })];
        return words.Length <= MaxWords
            ? words
            : throw list.Wrong(string.Create(CultureInfo.InvariantCulture, $"a list of at most {MaxWords} words"));
    }

    /// <summary>Returns values by topic id as a list by row. The ids must start at −1 or 0 and have no gaps.</summary>
    private static T[] ByTopic<T>(ForeignJson map, int offset, int? count, Func<ForeignJson, T> read)
    {
        Dictionary<int, T> values = [];
        foreach ((string name, ForeignJson value) in map.Members())
        {
            if (!int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int id)
                || !values.TryAdd(id, read(value)))
            {
                throw value.Wrong("named by a unique topic number");
            }
        }

        var rows = new T[count ?? values.Count];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = values.Remove(row - offset, out T? value)
                ? value
                : throw map.Wrong(string.Create(CultureInfo.InvariantCulture, $"complete, but topic {row - offset} is missing"));
        }

        return values.Count == 0 ? rows : throw map.Wrong("limited to the topics of topic_representations");
    }

    private static string?[] Custom(ForeignJson? list, int count)
    {
        if (list is not { } given)
        {
            return new string?[count];
        }

        string[] labels = [.. given.Items().Select(label => label.Text())];
        return labels.Length == count
            ? labels
            : throw given.Wrong(string.Create(CultureInfo.InvariantCulture, $"a list of {count} labels"));
    }

    private static TopicMapper ReadMapper(ForeignJson mapper)
    {
        int[][] rows = [.. mapper.Items().Select(row => row.Items().Select(id => id.Whole(-1, int.MaxValue)).ToArray())];
        int columns = rows.Length == 0 ? 2 : rows[0].Length;
        return columns >= 2 && Array.TrueForAll(rows, row => row.Length == columns)
            ? new TopicMapper(rows.Length, columns, [.. rows.SelectMany(row => row)])
            : throw mapper.Wrong("a list of rows of equal length, 2 or more");
    }

    private static Dictionary<string, TopicWord[][]>? ReadAspects(ForeignJson json, int offset, int count)
    {
        Dictionary<string, TopicWord[][]> aspects = new(StringComparer.Ordinal);
        foreach ((string name, ForeignJson value) in json.TryValue(BertopicNames.Aspects)?.Members() ?? [])
        {
            aspects[name] = ByTopic(value, offset, count, Words);
        }

        return aspects.Count == 0 ? null : aspects;
    }
}
