using System.Globalization;
using System.Text.Json;
using TopicGrpc.Engine.Topics.Queries;

namespace TopicGrpc.Parity.Queries;

/// <summary>Compares topics over time and per class: topics, document counts and words.</summary>
internal sealed class SliceCheck(string file, string field, int bins, bool globalTuning) : StageCheck
{
    public static SliceCheck[] All { get; } =
    [
        new("topics_over_time_global_False_evolution_False", "year", 20, globalTuning: false),

        // BERTopic computes evolution tuning but discards it, so its results are those without it.
        new("topics_over_time_global_True_evolution_True", "year", 20, globalTuning: true),
        new("topics_per_class", "party", 0, globalTuning: true),
    ];

    public override string Stage => file;

    public override IReadOnlyList<string> Files => [RecordedSpace.Input, $"operations/{file}.json"];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        if ((documents as RecordedTexts)?.Field(field) is not { } values)
        {
            yield break;
        }

        RecordedSpace recorded = new(golden, documents);
        (string Key, TopicSlice Topic)[] actual = bins > 0 ? OverTime(recorded, documents, values) : PerClass(recorded, documents, values);
        using var json = JsonDocument.Parse(golden.ReadText($"operations/{file}.json"));
        var expected = json.RootElement.EnumerateArray().ToDictionary(row => (Key(row), row.GetProperty("Topic").GetInt32()));

        yield return new Measure(Stage, "rows that differ in number", Math.Abs(actual.Length - expected.Count), 0);
        yield return new Measure(Stage, "rows missing", actual.Count(row => !expected.ContainsKey((row.Key, row.Topic.TopicId))), 0);
        yield return new Measure(
            Stage,
            "frequencies that differ",
            actual.Count(row => Find(expected, row)?.GetProperty("Frequency").GetInt32() != row.Topic.Frequency),
            0);
        yield return new Measure(
            Stage, "words that differ outside ties", actual.Count(row => !SameWords(row.Topic, Find(expected, row))), 0);
    }

    private (string Key, TopicSlice Topic)[] OverTime(RecordedSpace recorded, IReadOnlyList<string> documents, string[] years)
    {
        double[] times = TimeBins.Numbers([.. years.Select(year => double.Parse(year, CultureInfo.InvariantCulture))], bins);
        return
        [
            .. from moment in new TopicsOverTime(recorded.Space).Compute(
                documents, recorded.Labels, times, globalTuning, evolutionTuning: false, CancellationToken.None)
               from topic in moment.Topics
               select (moment.Time.ToString("R", CultureInfo.InvariantCulture), topic),
        ];
    }

    private (string Key, TopicSlice Topic)[] PerClass(RecordedSpace recorded, IReadOnlyList<string> documents, string[] classes) =>
    [
        .. from part in new TopicsPerClass(recorded.Space).Compute(
            documents, recorded.Labels, classes, globalTuning, CancellationToken.None)
           from topic in part.Topics
           select (part.Class, topic),
    ];

    private string Key(JsonElement row) => bins > 0
        ? row.GetProperty("Timestamp").GetDouble().ToString("R", CultureInfo.InvariantCulture)
        : row.GetProperty("Class").GetString()!;

    private static JsonElement? Find(Dictionary<(string, int), JsonElement> expected, (string Key, TopicSlice Topic) row) =>
        expected.TryGetValue((row.Key, row.Topic.TopicId), out JsonElement found) ? found : null;

    /// <summary>
    /// Returns whether the words above the last score are equal. Words that tie with the last one can be cut off on either
    /// side.
    /// </summary>
    private static bool SameWords(TopicSlice topic, JsonElement? expected)
    {
        string[] wanted = expected?.GetProperty("Words").GetString()!.Split(", ") ?? [];
        double last = topic.Words[^1].Score * (1 + 1e-12);
        return wanted.Length == topic.Words.Count && topic.Words.All(word => word.Score <= last || wanted.Contains(word.Term));
    }
}
