using System.Text.Json;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Parity.Charts;

/// <summary>Compares every bracket, color and label of the dendrogram, in order, with BERTopic's figure of the same term weights.</summary>
internal sealed class HierarchyChartCheck : StageCheck
{
    /// <summary>Ward heights are square roots of sums of some tens of terms.</summary>
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
        int terms = vocabulary.RootElement.ValueKind == JsonValueKind.Array
            ? vocabulary.RootElement.GetArrayLength()
            : vocabulary.RootElement.EnumerateObject().Count();
        CsrMatrix<double> weights = new(
            terms,
            golden.Read("topics/reduced/ctfidf_indptr").ToIntegers(),
            golden.Read("topics/reduced/ctfidf_indices").ToIntegers(),
            golden.Read("topics/reduced/ctfidf_values").ToDoubles());
        (HierarchyPlan plan, string[] labels) = HierarchyChart.Plan(
            GoldenTopics.Read(golden, "topics/reduced"), weights, new HierarchyOptions());

        IReadOnlyList<JsonElement> traces = figure.Traces;
        yield return new Measure(Stage, "brackets_differing", Math.Abs(traces.Count - plan.Brackets.Count), 0);
        yield return new Measure(Stage, "bracket_difference", Distance(plan.Brackets, traces), Tolerance);
        yield return new Measure(
            Stage,
            "colors_differing",
            plan.Brackets.Zip(traces).Count(pair => pair.First.Color != pair.Second.GetProperty("marker").GetProperty("color").GetString()),
            0);
        string[] recorded = Figure.Strings(figure.Layout("yaxis").GetProperty("ticktext"));
        yield return new Measure(Stage, "labels_differing", labels.SequenceEqual(recorded) ? 0 : 1, 0);
    }

    /// <summary>Returns the largest difference of a corner. Both lists have children before parents.</summary>
    private static double Distance(IReadOnlyList<HierarchyBracket> brackets, IReadOnlyList<JsonElement> traces)
    {
        double largest = 0;
        foreach ((HierarchyBracket bracket, JsonElement trace) in brackets.Zip(traces))
        {
            double[] heights = [bracket.FirstHeight, bracket.Height, bracket.Height, bracket.SecondHeight];
            double[] places = [bracket.FirstPlace, bracket.FirstPlace, bracket.SecondPlace, bracket.SecondPlace];
            largest = Math.Max(largest, Figure.Distance(heights, Figure.Numbers(trace.GetProperty("x"))));
            largest = Math.Max(largest, Figure.Distance(places, Figure.Numbers(trace.GetProperty("y"))));
        }

        return largest;
    }
}
