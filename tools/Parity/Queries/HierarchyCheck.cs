using System.Text.Json;
using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.Parity.Topics;

namespace TopicGrpc.Parity.Queries;

/// <summary>Compares the hierarchy of topics, merge by merge.</summary>
internal sealed class HierarchyCheck : StageCheck
{
    private static readonly string[] ChildFields = ["Child_Left_ID", "Child_Left_Name", "Child_Right_ID", "Child_Right_Name"];

    public override string Stage => "hierarchy";

    public override IReadOnlyList<string> Files => [RecordedSpace.Input, "operations/hierarchical_topics.json"];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        RecordedSpace recorded = new(golden, documents);
        IReadOnlyList<HierarchyMerge> merges = new TopicHierarchy(
            recorded.Space, recorded.Content.TermCounts, recorded.Content.Topics).Build(CancellationToken.None);
        using var json = JsonDocument.Parse(golden.ReadText("operations/hierarchical_topics.json"));
        JsonElement[] expected = [.. json.RootElement.EnumerateArray()];

        yield return new Measure(Stage, "merges that differ in number", Math.Abs(merges.Count - expected.Length), 0);
        yield return new Measure(
            Stage,
            "height relative",
            Difference.Relative([.. merges.Select(m => m.Distance)], [.. expected.Select(e => e.GetProperty("Distance").GetDouble())]),
            1e-9);
        yield return new Measure(
            Stage,
            "topic sets that differ",
            Differ(
                merges,
                expected,
                m => string.Join(',', m.Topics),
                e => string.Join(',', e.GetProperty("Topics").EnumerateArray().Select(t => t.GetInt32()).Order())),
            0);
        yield return new Measure(
            Stage,
            "parent names that differ",
            Differ(merges, expected, m => m.ParentName, e => e.GetProperty("Parent_Name").GetString()!),
            0);
        yield return new Measure(
            Stage,
            "children that differ",
            Differ(merges, expected, m => $"{m.LeftId} {m.LeftName} {m.RightId} {m.RightName}", Children),
            0);
    }

    private static string Children(JsonElement row) =>
        string.Join(' ', ChildFields.Select(field => row.GetProperty(field).GetString()));

    private static int Differ(
        IReadOnlyList<HierarchyMerge> merges,
        JsonElement[] expected,
        Func<HierarchyMerge, string> actual,
        Func<JsonElement, string> wanted) =>
        merges.Zip(expected).Count(pair => actual(pair.First) != wanted(pair.Second));
}
