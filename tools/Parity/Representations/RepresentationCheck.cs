using System.Globalization;
using System.Text.Json;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Onnx;
using TopicGrpc.Parity.Topics;

namespace TopicGrpc.Parity.Representations;

/// <summary>
/// Compares words of MMR and of the chain KeyBERT, MMR with vectors of the real encoder. These differ from the reference in
/// the last bits of single precision, so cosines are compared to 1e-4.
/// </summary>
internal sealed class RepresentationCheck : StageCheck
{
    private const string Relevance = "operations/representation_mmr.json";
    private const string Chain = "operations/representation_keybert_chain.json";
    private const double CosineTolerance = 1e-4;
    private const double WeightTolerance = 1e-9;

    /// <summary>As in BERTopic's examples.</summary>
    private static readonly MaximalMarginalRelevance Diverse = new() { Diversity = 0.3 };

    public override string Stage => "operations/representation";

    public override IReadOnlyList<string> Files => [.. DescribedModel.Files, Relevance, Chain];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        using var embedder = OnnxEmbedder.Open(new OnnxEmbedderOptions());
        TopicModel model = DescribedModel.Build(golden, documents, embedder.Info);
        RepresentTopics operation = new()
        {
            Embedder = embedder,
            Main = [Diverse],
            Aspects = new Dictionary<string, IReadOnlyList<TopicRepresentation>> { ["KeyBERT"] = [new KeyBertInspired(), Diverse] },
        };
        TopicModel described = operation.Apply(model, Documents(documents), ComputeOptions.Default, CancellationToken.None);

        TopicWord[][] expected = Words(golden, Relevance, model);
        IReadOnlyList<TopicWord>[] diverse = [.. described.Topics.Select(topic => topic.Words)];
        bool[] untied = [.. model.Topics.Select((_, row) => RepresentationTies.AreDistinct(model, row, TopicWordRanking.CandidateCount))];
        yield return new Measure(
            Stage,
            $"mmr of {untied.Count(topic => topic)} topics without ties, words differ",
            Differing(diverse, expected, row => untied[row]),
            0);
        yield return new Measure(
            Stage,
            "mmr words that no order of ties makes candidates",
            RepresentationTies.Impossible(model, expected, TopicWordRanking.CandidateCount),
            0);
        yield return new Measure(Stage, "mmr weights of equal words", Scores(diverse, expected), WeightTolerance);

        expected = Words(golden, Chain, model);
        IReadOnlyList<TopicWord>[] nearest = [.. described.Aspects!["KeyBERT"]];
        int candidates = new KeyBertInspired().CandidateCount;
        bool[] cut = [.. model.Topics.Select((_, row) => RepresentationTies.CutsATie(model, row, candidates))];
        yield return new Measure(
            Stage,
            $"keybert of {cut.Count(tied => !tied)} topics without ties, words differ",
            Differing(nearest, expected, row => !cut[row]),
            0);
        yield return new Measure(
            Stage, "keybert words that no order of ties makes candidates", RepresentationTies.Impossible(model, expected, candidates), 0);
        yield return new Measure(Stage, "keybert cosines of equal words", Scores(nearest, expected), CosineTolerance);
    }

    private static Document[] Documents(IReadOnlyList<string> texts) =>
        [.. RecordedModel.Documents(texts).Ids.Select((id, row) => new Document(id, texts[row]))];

    private static TopicWord[][] Words(GoldenFolder golden, string file, TopicModel model)
    {
        using var json = JsonDocument.Parse(golden.ReadText(file));
        return [.. model.Topics.Select(topic => json.RootElement.GetProperty(topic.Id.ToString(CultureInfo.InvariantCulture))
            .EnumerateArray().Select(pair => new TopicWord(pair[0].GetString()!, pair[1].GetDouble())).ToArray())];
    }

    /// <summary>
    /// Returns the number of topics with different words. Words whose scores differ by less than the rounding of the
    /// encoder can swap.
    /// </summary>
    private static int Differing(IReadOnlyList<TopicWord>[] actual, TopicWord[][] expected, Func<int, bool> counts) => expected
        .Where(
            (words, row) =>
                counts(row)
                    && !words.Select(word => word.Term).ToHashSet(StringComparer.Ordinal).SetEquals(actual[row].Select(word => word.Term)))
        .Count();

    private static double Scores(IReadOnlyList<TopicWord>[] actual, TopicWord[][] expected)
    {
        double largest = 0;
        for (int row = 0; row < expected.Length; row++)
        {
            var scores = actual[row].ToDictionary(word => word.Term, word => word.Score, StringComparer.Ordinal);
            foreach (TopicWord word in expected[row])
            {
                largest = Math.Max(largest, scores.TryGetValue(word.Term, out double score) ? Math.Abs(score - word.Score) : 0);
            }
        }

        return largest;
    }
}
