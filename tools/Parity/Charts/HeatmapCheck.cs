using System.Text.Json;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Parity.Charts;

/// <summary>Compares similarities and labels of the heatmap with BERTopic's figure of the same mean vectors.</summary>
internal sealed class HeatmapCheck : StageCheck
{
    /// <summary>BERTopic keeps mean vectors in double precision; the engine stores single precision.</summary>
    private const double Tolerance = 1e-6;

    public override string Stage => "charts/heatmap";

    public override IReadOnlyList<string> Files =>
        ["charts/heatmap.json", "topics/reduced/words.json", "topics/reduced/topic_freq.json", "topics/reduced/topic_embeddings"];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        JsonElement trace = Figure.Read(golden, "charts/heatmap.json").Traces[0];
        NpyArray embeddings = golden.Read("topics/reduced/topic_embeddings");
        var plan = HeatmapPlan.Of(
            GoldenTopics.Read(golden, "topics/reduced"),
            new Matrix(embeddings.Rows, embeddings.Columns, embeddings.ToSingles()),
            new HeatmapOptions(), CancellationToken.None);
        double[] theirs = [.. trace.GetProperty("z").EnumerateArray().SelectMany(Figure.Numbers)];
        yield return new Measure(Stage, "similarity_difference", Figure.Distance(plan.Similarities, theirs), Tolerance);
        yield return new Measure(Stage, "labels_differing", plan.Labels.SequenceEqual(Figure.Strings(trace.GetProperty("x"))) ? 0 : 1, 0);
    }
}
