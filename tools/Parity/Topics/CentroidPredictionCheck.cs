using System.Text.Json;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Parity.Topics;

/// <summary>
/// Compares centroid predictions for the first 200 training documents and for new documents with a BERTopic model loaded
/// from safetensors.
/// </summary>
internal sealed class CentroidPredictionCheck : StageCheck
{
    private const double CosineTolerance = 1e-6;

    public override string Stage => "topics/centroid prediction";

    public override IReadOnlyList<string> Files =>
        [
            "embeddings", "topics/reduced/topic_embeddings", "topics/reduced/centroid_topics_200",
            "topics/reduced/centroid_probabilities_200", "topics/new_embeddings", "topics/reduced/new_topics_centroid.json",
        ];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        NpyArray centroids = golden.Read("topics/reduced/topic_embeddings");
        CentroidPredictor predictor = new(new Matrix(centroids.Rows, centroids.Columns, centroids.ToSingles()), outlierOffset: 1);
        int[] topics = golden.Read("topics/reduced/centroid_topics_200").ToIntegers();
        double[] cosines = golden.Read("topics/reduced/centroid_probabilities_200").ToDoubles();
        TopicPrediction[] answers = Predict(predictor, GoldenVectors.Read(golden, "embeddings"), topics.Length);
        yield return new Measure(
            Stage, "labels that differ", Difference.Count<int>([.. answers.Select(answer => answer.TopicId)], topics), 0);
        yield return new Measure(Stage, "cosines", Difference.Absolute([.. answers.SelectMany(Row)], cosines), CosineTolerance);

        using var recorded = JsonDocument.Parse(golden.ReadText("topics/reduced/new_topics_centroid.json"));
        int[] newTopics = [.. recorded.RootElement.GetProperty("topics").EnumerateArray().Select(id => id.GetInt32())];
        TopicPrediction[] newAnswers = Predict(predictor, GoldenVectors.Read(golden, "topics/new_embeddings"), newTopics.Length);
        yield return new Measure(
            Stage, "new labels that differ", Difference.Count<int>([.. newAnswers.Select(answer => answer.TopicId)], newTopics), 0);
    }

    private static TopicPrediction[] Predict(CentroidPredictor predictor, Matrix rows, int count) =>
        [.. Enumerable.Range(0, count).Select(row => predictor.Predict(rows.Row(row), allTopics: true))];

    /// <summary>Returns the columns in BERTopic's order: outliers first.</summary>
    private static IEnumerable<double> Row(TopicPrediction answer) => answer.TopicProbabilities.Prepend(answer.OutlierProbability);
}
