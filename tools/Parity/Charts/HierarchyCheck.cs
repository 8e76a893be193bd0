using System.Text.Json;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Parity.Charts;

/// <summary>Brackets, colors and labels of the dendrogram against the figure the reference drew of the same word weights.</summary>
internal sealed class HierarchyCheck : StageCheck
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
        double distance = 0;
        int colors = 0;
        for (int i = 0; i < Math.Min(traces.Count, plan.Brackets.Count); i++)
        {
            HierarchyBracket bracket = plan.Brackets[i];
            distance = Math.Max(distance, Figure.Distance([bracket.FirstHeight, bracket.Height, bracket.Height, bracket.SecondHeight], Figure.Numbers(traces[i].GetProperty("x"))));
            distance = Math.Max(distance, Figure.Distance([bracket.FirstPlace, bracket.FirstPlace, bracket.SecondPlace, bracket.SecondPlace], Figure.Numbers(traces[i].GetProperty("y"))));
            colors += bracket.Color == traces[i].GetProperty("marker").GetProperty("color").GetString() ? 0 : 1;
        }

        yield return new Measure(Stage, "bracket_difference", distance, Tolerance);
        yield return new Measure(Stage, "colors_differing", colors, 0);
        string[] theirs = Figure.Strings(figure.Layout("yaxis").GetProperty("ticktext"));
        yield return new Measure(Stage, "labels_differing", labels.SequenceEqual(theirs) ? 0 : 1, 0);
    }
}
