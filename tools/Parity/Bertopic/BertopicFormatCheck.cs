using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TopicGrpc.Engine.Archive.Bertopic;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Parity.Topics;

namespace TopicGrpc.Parity.Bertopic;

/// <summary>
/// Imports a model saved by BERTopic and exports it again: equal topics, words, sizes, names, weights and predictions;
/// byte-equal tensors, equal JSON fields.
/// </summary>
internal sealed class BertopicFormatCheck : StageCheck
{
    private const string Saved = "topics/reduced/safetensors";
    private const double CosineTolerance = 1e-6;
    private static readonly string[] Tensors = ["topic_embeddings.safetensors", "ctfidf.safetensors"];
    private static readonly string[] Json = ["topics.json", "config.json", "ctfidf_config.json"];

    public override string Stage => "archive/bertopic";

    public override IReadOnlyList<string> Files =>
    [
        .. Tensors.Concat(Json).Select(file => $"{Saved}/{file}"),
        "embeddings", "topics/new_embeddings", "topics/reduced/topics", "topics/reduced/centroid_topics_200",
        "topics/reduced/centroid_probabilities_200",
        "topics/reduced/new_topics_centroid.json", "topics/reduced/words.json", "topics/reduced/topic_info.json", "topics/reduced/idf",
        "topics/reduced/ctfidf_values",
    ];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        string source = Path.Combine(golden.Path, Saved);
        Matrix embeddings = GoldenVectors.Read(golden, "embeddings");
        EmbedderInfo embedder = new("all-MiniLM-L6-v2", "full", new string('0', 64), embeddings.Columns, 256);
        TopicModel model = BertopicFormat.Import(source, embedder, CancellationToken.None);
        return [.. Topics(golden, model), .. Predictions(golden, model, embeddings), .. WrittenAgain(source, model)];
    }

    private IEnumerable<Measure> Topics(GoldenFolder golden, TopicModel model)
    {
        RecordedModel recorded = new(golden, RecordedModel.Reduced);
        JsonElement[] info = [.. recorded.Json("topic_info.json").EnumerateArray()];
        JsonElement words = recorded.Json("words.json");
        yield return new Measure(
            Stage,
            "documents whose topic differs",
            Difference.Count<int>(model.Assignments, golden.Read("topics/reduced/topics").ToIntegers()),
            0);
        yield return new Measure(
            Stage,
            "sizes that differ",
            Difference.Count<int>(
                [.. model.Topics.Select(topic => topic.Count)], [.. info.Select(row => row.GetProperty("count").GetInt32())]),
            0);
        yield return new Measure(
            Stage,
            "names that differ",
            Difference.Count<string>(
                [.. model.Topics.Select(topic => topic.Name)], [.. info.Select(row => row.GetProperty("name").GetString()!)]),
            0);
        TopicWord[] expected = [.. words.EnumerateObject().OrderBy(topic => int.Parse(topic.Name, CultureInfo.InvariantCulture))
            .SelectMany(topic => topic.Value.EnumerateArray()).Select(pair => new TopicWord(pair[0].GetString()!, pair[1].GetDouble()))];
        yield return new Measure(
            Stage,
            "words or scores that differ",
            Difference.Count<TopicWord>([.. model.Topics.SelectMany(topic => topic.Words)], expected),
            0);

        string[] vocabulary = recorded.Vocabulary();
        double[] factors =
        [
            .. vocabulary.Select(
                term => model.Vocabulary.TryGetColumn(term, out int column) ? model.InverseFrequencies[column] : double.NaN),
        ];
        yield return new Measure(
            Stage,
            "terms that differ",
            Difference.Count<string>(
                [.. model.Vocabulary.Terms.Order(StringComparer.Ordinal)], [.. vocabulary.Order(StringComparer.Ordinal)]),
            0);
        yield return new Measure(Stage, "idf", Difference.Absolute(factors, golden.Read("topics/reduced/idf").ToDoubles()), 0);
        CsrMatrix<double> weights = recorded.Weights(vocabulary.Length);
        yield return new Measure(Stage, "weights", WeightDifference(model, weights, vocabulary), 0);
    }

    private IEnumerable<Measure> Predictions(GoldenFolder golden, TopicModel model, Matrix embeddings)
    {
        int[] topics = golden.Read("topics/reduced/centroid_topics_200").ToIntegers();
        TopicPrediction[] answers = Predict(model, embeddings, topics.Length);
        yield return new Measure(
            Stage, "predictions that differ", Difference.Count<int>([.. answers.Select(answer => answer.TopicId)], topics), 0);
        double[] cosines = [.. answers.SelectMany(answer => answer.TopicProbabilities.Prepend(answer.OutlierProbability))];
        yield return new Measure(
            Stage,
            "prediction cosines",
            Difference.Absolute(cosines, golden.Read("topics/reduced/centroid_probabilities_200").ToDoubles()),
            CosineTolerance);
        using var recorded = JsonDocument.Parse(golden.ReadText("topics/reduced/new_topics_centroid.json"));
        int[] newTopics = [.. recorded.RootElement.GetProperty("topics").EnumerateArray().Select(id => id.GetInt32())];
        TopicPrediction[] newAnswers = Predict(model, GoldenVectors.Read(golden, "topics/new_embeddings"), newTopics.Length);
        yield return new Measure(
            Stage, "new predictions that differ", Difference.Count<int>([.. newAnswers.Select(answer => answer.TopicId)], newTopics), 0);
    }

    private List<Measure> WrittenAgain(string source, TopicModel model)
    {
        DirectoryInfo target = Directory.CreateTempSubdirectory("topicgrpc-bertopic-");
        try
        {
            BertopicFormat.Export(model, target.FullName, CancellationToken.None);
            List<Measure> measures = [];
            foreach (string file in Tensors)
            {
                measures.Add(
                    new Measure(
                        Stage,
                        $"bytes that differ in {file}",
                        Difference.Count<byte>(
                            File.ReadAllBytes(Path.Combine(target.FullName, file)), File.ReadAllBytes(Path.Combine(source, file))),
                        0));
            }

            foreach (string file in Json)
            {
                JsonObject actual = Read(target.FullName, file);
                JsonObject expected = Read(source, file);
                string[] names = [.. actual.Select(field => field.Key).Union(expected.Select(field => field.Key), StringComparer.Ordinal)];
                measures.Add(
                    new Measure(
                        Stage,
                        $"fields that differ in {file}",
                        names.Count(name => !JsonNode.DeepEquals(actual[name], expected[name])),
                        0));
            }

            return measures;
        }
        finally
        {
            target.Delete(recursive: true);
        }
    }

    private static double WeightDifference(TopicModel model, CsrMatrix<double> expected, string[] vocabulary)
    {
        double[] row = new double[model.Vocabulary.Count];
        double largest = model.TermWeights.Values.Length == expected.Values.Length ? 0 : double.PositiveInfinity;
        for (int topic = 0; topic < expected.Rows; topic++)
        {
            Array.Clear(row);
            for (int entry = model.TermWeights.RowStarts[topic]; entry < model.TermWeights.RowStarts[topic + 1]; entry++)
            {
                row[model.TermWeights.ColumnIndices[entry]] = model.TermWeights.Values[entry];
            }

            for (int entry = expected.RowStarts[topic]; entry < expected.RowStarts[topic + 1]; entry++)
            {
                double actual = model.Vocabulary.TryGetColumn(vocabulary[expected.ColumnIndices[entry]], out int column)
                    ? row[column]
                    : double.PositiveInfinity;
                largest = Math.Max(largest, Math.Abs(actual - expected.Values[entry]));
            }
        }

        return largest;
    }

    private static TopicPrediction[] Predict(TopicModel model, Matrix rows, int count) =>
        [.. Enumerable.Range(0, count).Select(row => model.PredictByCentroid(rows.Row(row), allTopics: true))];

    private static JsonObject Read(string directory, string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(directory, file)))!.AsObject();
}
