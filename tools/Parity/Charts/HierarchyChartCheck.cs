using System.Text.Json;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Parity.Charts;

/// <summary>
/// Heights and labels of the dendrogram against the figure the reference drew of the same word weights. Which child of a
/// merge stands on top is left out: the two orders of leaves differ in places.
/// </summary>
internal sealed class HierarchyChartCheck : StageCheck
{
    /// <summary>Ward's heights are roots of sums of a few tens of terms.</summary>
    private const double Tolerance = 1e-9;

    public override string Stage => "charts/hierarchy";

    public override IReadOnlyList<string> Files =>
    [
        "charts/hierarchy.json", "topics/reduced/words.json", "topics/reduced/topic_freq.json", "topics/reduced/vocabulary.json",
        "topics/reduced/ctfidf_indptr", "topics/reduced/ctfidf_indices", "topics/reduced/ctfidf_values",
    ];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        var figure = Figure.Read(golden, "charts/hierarchy.json");
        using var vocabulary = JsonDocument.Parse(golden.ReadText("topics/reduced/vocabulary.json"));
        int terms = vocabulary.RootElement.ValueKind == JsonValueKind.Array ? vocabulary.RootElement.GetArrayLength() : vocabulary.RootElement.EnumerateObject().Count();
        CsrMatrix<double> weights = new(
            terms,
            golden.Read("topics/reduced/ctfidf_indptr").ToIntegers(),
            golden.Read("topics/reduced/ctfidf_indices").ToIntegers(),
            golden.Read("topics/reduced/ctfidf_values").ToDoubles());
        (HierarchyPlan plan, string[] labels) = HierarchyChart.Plan(GoldenTopics.Read(golden, "topics/reduced"), weights, new HierarchyOptions());

        IReadOnlyList<JsonElement> traces = figure.Traces;
        yield return new Measure(Stage, "brackets_differing", Math.Abs(traces.Count - plan.Brackets.Count), 0);
        double[] ours = [.. plan.Brackets.Select(bracket => bracket.Height).Order()];
        double[] theirs = [.. traces.Select(trace => Figure.Numbers(trace.GetProperty("x"))[1]).Order()];
        yield return new Measure(Stage, "height_difference", Figure.Distance(ours, theirs), Tolerance);
        IEnumerable<string> recorded = Figure.Strings(figure.Layout("yaxis").GetProperty("ticktext")).Order(StringComparer.Ordinal);
        yield return new Measure(Stage, "labels_differing", labels.Order(StringComparer.Ordinal).SequenceEqual(recorded) ? 0 : 1, 0);
    }
}
