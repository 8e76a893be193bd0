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

    /// <summary>Minimum number of topics whose first 31 words have distinct weights; fewer would make the check weak.</summary>
    private const int FewestUntied = 10;

    /// <summary>
    /// Maximum number of differing topics among the others, as measured: a guard against regressions, not a property of the
    /// method.
    /// </summary>
    private const int MostTiedDiffering = 5;

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
        bool[] untied = [.. model.Topics.Select((_, row) => IsUntied(model, row))];
        yield return new Measure(Stage, "mmr topics without ties", untied.Count(topic => topic), FewestUntied, AtLeast: true);
        yield return new Measure(Stage, "mmr topics without ties whose words differ", Differing(diverse, expected, row => untied[row]), 0);
        yield return new Measure(Stage, "mmr topics whose words differ", Differing(diverse, expected, _ => true), MostTiedDiffering);
        yield return new Measure(Stage, "mmr weights of equal words", Scores(diverse, expected), WeightTolerance);

        expected = Words(golden, Chain, model);
        IReadOnlyList<TopicWord>[] nearest = [.. described.Aspects!["KeyBERT"]];
        yield return new Measure(Stage, "keybert topics whose words differ", Differing(nearest, expected, _ => true), 0);
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
    /// Returns whether the first 31 words have distinct weights. For equal weights, an unstable sort in BERTopic decides
    /// which words MMR gets and the order in which they are embedded.
    /// </summary>
    private static bool IsUntied(TopicModel model, int row)
    {
        TopicWord[] words = TopicWordRanking.Best(model.TermWeights, model.Vocabulary, row, TopicWordRanking.CandidateCount + 1);
        return !Enumerable.Range(1, words.Length - 1).Any(i => words[i - 1].Score - words[i].Score <= WeightTolerance * words[i].Score);
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
