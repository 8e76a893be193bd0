using System.Globalization;
using System.Text.Json;
using TopicGrpc.Engine.Charts;

namespace TopicGrpc.Parity.Charts;

/// <summary>Compares topics, words, scores, colors and cells of the bar chart with BERTopic's figure of the same topics.</summary>
internal sealed class BarChartCheck : StageCheck
{
    /// <summary>Scores are equal doubles; cell edges are summed in another order.</summary>
    private const double Tolerance = 1e-12;

    public override string Stage => "charts/barchart";

    public override IReadOnlyList<string> Files =>
        ["charts/barchart.json", "charts/barchart_top10_words8.json", "topics/reduced/words.json", "topics/reduced/topic_freq.json"];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents) =>
        Compare(golden, "charts/barchart.json", new BarChartOptions(), "default ")
            .Concat(
                Compare(golden, "charts/barchart_top10_words8.json", new BarChartOptions { LargestTopics = 10, WordCount = 8 }, "top10 "));

    private IEnumerable<Measure> Compare(GoldenFolder golden, string file, BarChartOptions options, string name)
    {
        var figure = Figure.Read(golden, file);
        var plan = BarChartPlan.Of(GoldenTopics.Read(golden, "topics/reduced"), options);
        IReadOnlyList<JsonElement> traces = figure.Traces;
        yield return new Measure(Stage, name + "topics_differing", Math.Abs(traces.Count - plan.Cells.Count), 0);
        yield return new Measure(Stage, name + "width_difference", Math.Abs(figure.Layout("width").GetDouble() - plan.Width), 0);
        yield return new Measure(Stage, name + "height_difference", Math.Abs(figure.Layout("height").GetDouble() - plan.Height), 0);

        int wordsDiffering = 0;
        int colorsDiffering = 0;
        double scores = 0;
        double edges = 0;
        for (int i = 0; i < Math.Min(traces.Count, plan.Cells.Count); i++)
        {
            BarChartCell cell = plan.Cells[i];
            string axis = i == 0 ? "" : (i + 1).ToString(CultureInfo.InvariantCulture);
            wordsDiffering += cell.Words.SequenceEqual(Figure.Strings(traces[i].GetProperty("y"))) ? 0 : 1;
            colorsDiffering += cell.Color == traces[i].GetProperty("marker").GetProperty("color").GetString() ? 0 : 1;
            scores = Math.Max(scores, Figure.Distance(cell.Scores, Figure.Numbers(traces[i].GetProperty("x"))));
            edges = Math.Max(
                edges, Figure.Distance([cell.Left, cell.Right], Figure.Numbers(figure.Layout("xaxis" + axis).GetProperty("domain"))));
            edges = Math.Max(
                edges, Figure.Distance([cell.Bottom, cell.Top], Figure.Numbers(figure.Layout("yaxis" + axis).GetProperty("domain"))));
        }

        yield return new Measure(Stage, name + "word_lists_differing", wordsDiffering, 0);
        yield return new Measure(Stage, name + "colors_differing", colorsDiffering, 0);
        yield return new Measure(Stage, name + "score_difference", scores, Tolerance);
        yield return new Measure(Stage, name + "cell_edge_difference", edges, Tolerance);
    }
}
