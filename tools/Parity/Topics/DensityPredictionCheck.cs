using System.Text.Json;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Parity.Topics;

/// <summary>
/// Compares density predictions for new documents from their recorded layout positions: topics and probabilities after the
/// topic mapper.
/// </summary>
internal sealed class DensityPredictionCheck : StageCheck
{
    private const double Tolerance = 1e-6;

    public override string Stage => "topics/density prediction";

    public override IReadOnlyList<string> Files =>
        [
            .. RecordedModelBuilder.Files, "topics/new_reduced", "topics/reduced/topics", "topics/reduced/new_topics.json",
            "topics/reduced/mapper.json", "topics/reduced/topic_embeddings",
        ];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        TopicModel model = RecordedModelBuilder.Build(golden, RecordedModel.Reduced, documents);
        HdbscanModel clusters = model.Clusters!;
        DensityPredictor predictor = new(
            model.Layout!, new RefinedClusters(clusters, []), model.Mapper, model.Topics.Count - model.OutlierOffset);
        using var recorded = JsonDocument.Parse(golden.ReadText("topics/reduced/new_topics.json"));
        int[] topics = [.. recorded.RootElement.GetProperty("topics").EnumerateArray().Select(id => id.GetInt32())];
        double[] probabilities =
        [
            .. recorded.RootElement.GetProperty("probabilities")
                .EnumerateArray()
                .SelectMany(row => row.EnumerateArray())
                .Select(value => value.GetDouble()),
        ];
        NpyArray points = golden.Read("topics/new_reduced");
        float[] positions = points.ToSingles();
        TopicPrediction[] answers = [.. Enumerable.Range(0, points.Rows)
            .Select(row => predictor.PredictPosition(positions.AsSpan(row * points.Columns, points.Columns), allTopics: true))];

        yield return new Measure(
            Stage, "topics that differ", Difference.Count<int>([.. answers.Select(answer => answer.TopicId)], topics), 0);
        yield return new Measure(
            Stage,
            "probabilities",
            Difference.Absolute([.. answers.SelectMany(answer => answer.TopicProbabilities)], probabilities),
            Tolerance);
    }
}
