using System.Globalization;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Tests.Topics.Layering;

/// <summary>
/// Documents about themes with parts: groups of similar groups of vectors, each with words of its own, and scattered documents.
/// </summary>
internal sealed class NestedCorpus
{
    private const int Dimension = 16;
    private const int Themes = 5;
    private const int Parts = 3;
    private const int Scattered = 12;

    // Not equal: persistence has a peak only if the sizes at which parts disappear differ.
    private static readonly int[] PartSizes = [54, 36, 30];

    public NestedCorpus()
    {
        Random random = new(11);
        int[] parts =
        [
            .. Enumerable.Range(0, Themes * Parts).SelectMany(part => Enumerable.Repeat(part, PartSizes[part % Parts])),
            .. Enumerable.Repeat(-1, Scattered),
        ];
        int count = parts.Length;
        Embeddings = new Matrix(count, Dimension);
        List<Document> documents = [];
        for (int row = 0; row < count; row++)
        {
            int part = parts[row];
            bool alone = part < 0;
            string text = string.Join(' ', Enumerable.Range(0, 8).Select(_ => alone
                ? Word("stray", random.Next(40))
                : random.Next(2) == 0
                    ? Word("theme" + (char)('a' + (part / Parts)), random.Next(4))
                    : Word("part" + (char)('a' + part), random.Next(4))));
            documents.Add(new Document(string.Create(CultureInfo.InvariantCulture, $"doc-{row:D4}"), text));
            Fill(Embeddings.Row(row), part, random);
        }

        Documents = documents;
    }

    public static TopicModelOptions Options { get; } = new()
    {
        Clusters = new() { MinClusterSize = 15, MinSamples = 5, SelectionMethod = ClusterSelectionMethod.Leaf },
        Layout = new() { NeighborCount = 15, ComponentCount = 3 },
        CalculateProbabilities = true,
    };

    public IReadOnlyList<Document> Documents { get; }

    public Matrix Embeddings { get; }

    public TopicModel Fit(TopicModelOptions? options = null, int threads = 2) => new TopicModelTrainer(options ?? Options).Fit(
        Documents, Embeddings, SyntheticCorpus.Embedder, new ComputeOptions { Threads = threads }, progress: null, CancellationToken.None);

    public TopicModel Apply(TopicModel model, TopicOperation operation) =>
        operation.Apply(model, Documents, ComputeOptions.Default, CancellationToken.None);

    private static string Word(string stem, int number) => stem + (char)('a' + (number / 26)) + (char)('a' + (number % 26));

    private static void Fill(Span<float> vector, int part, Random random)
    {
        double squares = 0;
        for (int i = 0; i < vector.Length; i++)
        {
            double center = part < 0 ? 0 : i == part / Parts ? 1 : i == Themes + (part % Parts) + (part / Parts) ? 0.7 : 0;
            vector[i] = (float)(center + ((random.NextDouble() - 0.5) * (part < 0 ? 2 : 0.25)));
            squares += vector[i] * vector[i];
        }

        float scale = (float)(1 / Math.Sqrt(squares));
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] *= scale;
        }
    }
}
