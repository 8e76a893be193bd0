using System.Text.Json;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Parity.Charts;

/// <summary>Compares traces, means and cross of the document map with BERTopic's figure of the same points.</summary>
internal sealed class DocumentChartCheck : StageCheck
{
    /// <summary>
    /// BERTopic sums single-precision coordinates in single precision; the mean of 1,500 values is accurate to six digits.
    /// </summary>
    private const double MeanTolerance = 1e-4;

    private const double CrossTolerance = 1e-9;

    public override string Stage => "charts/documents";

    public override IReadOnlyList<string> Files =>
        [
            "charts/documents_all.json", "charts/points2d", "topics/reduced/topics", "topics/reduced/words.json",
            "topics/reduced/topic_freq.json",
        ];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        var figure = Figure.Read(golden, "charts/documents_all.json");
        NpyArray recorded = golden.Read("charts/points2d");
        Matrix points = new(recorded.Rows, recorded.Columns, recorded.ToSingles());
        var plan = DocumentChartPlan.Of(
            GoldenTopics.Read(golden, "topics/reduced"),
            golden.Read("topics/reduced/topics").ToIntegers(),
            points,
            new DocumentChartOptions());

        DocumentTrace[] ours = [plan.Other, .. plan.Traces];
        IReadOnlyList<JsonElement> theirs = figure.Traces;
        yield return new Measure(Stage, "traces_differing", Math.Abs(theirs.Count - ours.Length), 0);
        int names = 0;
        int pointsDiffering = 0;
        double means = 0;
        for (int i = 0; i < Math.Min(ours.Length, theirs.Count); i++)
        {
            RecordedTrace recordedTrace = new(theirs[i], ours[i]);
            names += ours[i].Name == recordedTrace.Name ? 0 : 1;
            means = Math.Max(means, Figure.Distance([ours[i].MeanX, ours[i].MeanY], recordedTrace.Mean));
            pointsDiffering += recordedTrace.Differing(ours[i], points);
        }

        yield return new Measure(Stage, "names_differing", names, 0);
        yield return new Measure(Stage, "points_differing", pointsDiffering, 0);
        yield return new Measure(Stage, "mean_difference", means, MeanTolerance);

        JsonElement vertical = figure.Layout("shapes")[0];
        JsonElement horizontal = figure.Layout("shapes")[1];
        yield return new Measure(Stage, "cross_difference", Figure.Distance(
            [plan.X.Low, plan.X.High, plan.Y.Low, plan.Y.High],
            [Number(horizontal, "x0"), Number(horizontal, "x1"), Number(vertical, "y0"), Number(vertical, "y1")]), CrossTolerance);
    }

    private static double Number(JsonElement shape, string name) => shape.GetProperty(name).GetDouble();
}
