using System.Text.Json;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Queries;

namespace TopicGrpc.Parity.Charts;

/// <summary>Compares the lines over time with BERTopic's figure of the same table.</summary>
internal sealed class TopicsOverTimeChartCheck : StageCheck
{
    private const string Table = "operations/topics_over_time_global_False_evolution_False.json";

    public override string Stage => "charts/topics_over_time";

    public override IReadOnlyList<string> Files =>
        ["charts/topics_over_time.json", Table, "topics/plain/words.json", "topics/plain/topic_freq.json"];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        IReadOnlyList<JsonElement> theirs = Figure.Read(golden, "charts/topics_over_time.json").Traces;
        IReadOnlyList<TimeLine> ours = TimeLine.Of(
            GoldenTopics.Read(golden, "topics/plain"), Slices(golden), new TopicsOverTimeChartOptions { LargestTopics = theirs.Count });
        yield return new Measure(Stage, "lines_differing", Math.Abs(theirs.Count - ours.Count), 0);
        double values = 0;
        int names = 0;
        int colors = 0;
        int hovers = 0;
        for (int i = 0; i < Math.Min(theirs.Count, ours.Count); i++)
        {
            values = Math.Max(values, Figure.Distance(ours[i].Values, Figure.Numbers(theirs[i].GetProperty("y"))));
            names += TopicLabel.Legend(ours[i].Topic) == theirs[i].GetProperty("name").GetString() ? 0 : 1;
            colors += ChartColors.Line(i) == theirs[i].GetProperty("marker").GetProperty("color").GetString() ? 0 : 1;
            string[] texts = [.. Figure.Strings(theirs[i].GetProperty("hovertext"))
                .Select(
                    text =>
                        text.Replace("<b>", "", StringComparison.Ordinal)
                            .Replace("</b>", "", StringComparison.Ordinal)
                            .Replace("<br>", "\n", StringComparison.Ordinal))];
            hovers += ours[i].Hovers.SequenceEqual(texts) ? 0 : 1;
        }

        yield return new Measure(Stage, "frequency_difference", values, 0);
        yield return new Measure(Stage, "names_differing", names, 0);
        yield return new Measure(Stage, "colors_differing", colors, 0);
        yield return new Measure(Stage, "hover_lists_differing", hovers, 0);
    }

    /// <summary>Reads the recorded table. Its times are fractional years; only their order matters here.</summary>
    private static TimeSlice[] Slices(GoldenFolder golden)
    {
        using var table = JsonDocument.Parse(golden.ReadText(Table));
        return
        [
            .. table.RootElement.EnumerateArray()
                .GroupBy(row => row.GetProperty("Timestamp").GetDouble())
                .OrderBy(group => group.Key)
                .Select(group => new TimeSlice(DateTimeOffset.UnixEpoch.AddDays(group.Key), [.. group.Select(Part)])),
        ];
    }

    private static TopicSlice Part(JsonElement row) => new(
        row.GetProperty("Topic").GetInt32(),
        [.. row.GetProperty("Words").GetString()!.Split(", ").Select(word => new TopicWord(word, 1))],
        row.GetProperty("Frequency").GetInt32());
}
