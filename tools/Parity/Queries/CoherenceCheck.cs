using System.Text.Json;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Quality;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Parity.Queries;

/// <summary>Compares coherence and diversity of the recorded topics with gensim.</summary>
internal sealed class CoherenceCheck : StageCheck
{
    private const double Limit = 1e-6;

    public override string Stage => "coherence";

    public override IReadOnlyList<string> Files => ["operations/coherence.json"];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        using var json = JsonDocument.Parse(golden.ReadText("operations/coherence.json"));
        JsonElement root = json.RootElement;
        string[][] topics =
        [
            .. root.GetProperty("topics").EnumerateArray().Select(t => t.EnumerateArray().Select(w => w.GetString()!).ToArray()),
        ];
        (CoherenceMeasure Measure, string Name)[] measures =
        [
            (CoherenceMeasure.Npmi, "c_npmi"), (CoherenceMeasure.ContextVector, "c_v"), (CoherenceMeasure.Umass, "u_mass"),
        ];
        IReadOnlyList<CoherenceScore> scores =
            TopicCoherence.Compute(
                [.. measures.Select(measure => measure.Measure)], topics, documents, ComputeOptions.Default, CancellationToken.None);

        yield return new Measure(
            Stage, "diversity", Math.Abs(TopicDiversity.Compute(topics) - root.GetProperty("diversity").GetDouble()), Limit);
        foreach (((_, string name), CoherenceScore score) in measures.Zip(scores))
        {
            double[] expected = [.. root.GetProperty(name).GetProperty("per_topic").EnumerateArray().Select(v => v.GetDouble())];
            yield return new Measure(Stage, name, score.PerTopic.Zip(expected, (a, b) => Math.Abs(a!.Value - b)).Max(), Limit);
        }
    }
}
