using System.Globalization;
using System.Text.Json;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Description;

namespace TopicGrpc.Parity.Topics;

/// <summary>
/// Compares words, names, counts and representative documents of recorded topics: <c>get_topics</c>, <c>get_topic_info</c>,
/// <c>get_topic_freq</c>.
/// </summary>
internal sealed class TopicTableCheck(string model) : StageCheck
{
    public override string Stage => $"topics/{model}";

    public override IReadOnlyList<string> Files =>
        [.. new[] { "topics.npy", "words.json", "topic_info.json", "topic_freq.json" }.Select(file => $"topics/{model}/{file}")];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        RecordedModel recorded = new(golden, model);
        TopicContent content = recorded.Extract(documents);
        IReadOnlyList<Topic> topics = content.Topics;
        RepresentativeTies representatives = new(content, recorded.Options);
        JsonElement words = recorded.Json("words.json");
        JsonElement[] info = [.. recorded.Json("topic_info.json").EnumerateArray()];
        yield return new Measure(
            Stage,
            "topics that differ",
            Difference.Count<int>([.. topics.Select(topic => topic.Id)], [.. info.Select(row => row.GetProperty("topic").GetInt32())]),
            0);
        yield return new Measure(
            Stage,
            "counts that differ",
            Difference.Count<int>([.. topics.Select(topic => topic.Count)], [.. info.Select(row => row.GetProperty("count").GetInt32())]),
            0);
        yield return new Measure(Stage, "frequency rows that differ", FrequencyRowsThatDiffer(topics, recorded.Json("topic_freq.json")), 0);
        TopicWord[][] expected = [.. topics.Select(topic => Words(words.GetProperty(topic.Id.ToString(CultureInfo.InvariantCulture))))];
        yield return new Measure(
            Stage, "scores relative", topics.Select((topic, row) => Scores(topic.Words, expected[row])).Max(), WordTies.Tolerance);
        yield return new Measure(
            Stage, "words outside ties that differ", topics.Select((_, row) => WordTies.Unexplained(content, row, expected[row])).Sum(), 0);
        yield return new Measure(
            Stage, "names outside ties that differ", topics.Where((topic, row) => NameDiffers(topic, expected[row], info[row])).Count(), 0);
        yield return new Measure(
            Stage,
            "representative sets outside ties that differ",
            topics.Where((topic, row) => RepresentativesDiffer(topic, row, info[row], documents, representatives)).Count(),
            0);
    }

    private static TopicWord[] Words(JsonElement pairs) =>
        [.. pairs.EnumerateArray().Select(pair => new TopicWord(pair[0].GetString()!, pair[1].GetDouble()))];

    private static double Scores(IReadOnlyList<TopicWord> actual, TopicWord[] expected) =>
        Difference.Relative([.. actual.Select(word => word.Score)], [.. expected.Select(word => word.Score)]);

    /// <summary>Returns whether the name differs; skips a name with tied words.</summary>
    private static bool NameDiffers(Topic topic, TopicWord[] expected, JsonElement info)
    {
        bool tied = Enumerable.Range(0, Math.Min(4, expected.Length - 1))
            .Any(i => WordTies.Equal(expected[i].Score, expected[i + 1].Score));
        return !tied && topic.Name != info.GetProperty("name").GetString();
    }

    private static int FrequencyRowsThatDiffer(IReadOnlyList<Topic> topics, JsonElement recorded)
    {
        int[] expected = [.. recorded.EnumerateArray().Select(row => row[1].GetInt32())];
        int[] actual = [.. topics.Select(topic => topic.Count).OrderDescending()];
        return (int)Difference.Count<int>(actual, expected);
    }

    /// <summary>Returns whether the sets of texts differ. Of two documents with equal texts, either can be representative.</summary>
    private static bool RepresentativesDiffer(
        Topic topic, int row, JsonElement info, IReadOnlyList<string> documents, RepresentativeTies ties)
    {
        HashSet<string> expected = [.. info.GetProperty("representative_doc_ids").EnumerateArray().Select(id => documents[id.GetInt32()])];
        HashSet<string> actual = [.. topic.RepresentativeDocuments.Select(document => document.Text)];
        return !expected.SetEquals(actual) && !ties.Same(row, actual, expected);
    }
}
