using System.Globalization;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Tests.Topics;

/// <summary>Documents about a few things that nobody could mix up, with vectors to match.</summary>
internal sealed class SyntheticCorpus
{
    private const int Dimension = 16;
    private static readonly string[][] Themes =
    [
        ["graphics", "card", "driver", "render", "pixel"],
        ["goalie", "hockey", "season", "puck", "rink"],
        ["rocket", "orbit", "launch", "moon", "shuttle"],
        ["recipe", "flour", "oven", "butter", "sugar"],
    ];

    private static readonly int[] Sizes = [60, 45, 35, 30];

    public SyntheticCorpus()
    {
        Random random = new(5);
        List<Document> documents = [];
        Embeddings = new Matrix(Sizes.Sum(), Dimension);
        for (int theme = 0; theme < Themes.Length; theme++)
        {
            for (int i = 0; i < Sizes[theme]; i++)
            {
                int row = documents.Count;
                string text = string.Join(' ', Enumerable.Range(0, 8).Select(_ => Themes[theme][random.Next(Themes[theme].Length)]));
                documents.Add(new Document(string.Create(CultureInfo.InvariantCulture, $"doc-{(row * 37) % 1000:D4}"), text));
                FillVector(Embeddings.Row(row), theme, random);
            }
        }

        Documents = documents;
    }

    public static EmbedderInfo Embedder { get; } = new("test", "full", new string('0', 64), Dimension, 256);

    public static TopicModelOptions Options { get; } = new() { Clusters = new() { MinClusterSize = 10 }, CalculateProbabilities = true };

    public IReadOnlyList<Document> Documents { get; }

    public Matrix Embeddings { get; }

    public FitInput Input => new(Documents, Embeddings, Embedder);

    public TopicModel Fit(TopicModelOptions? options = null, int threads = 2) => new TopicModelTrainer(options ?? Options)
        .Fit(Documents, Embeddings, Embedder, new ComputeOptions { Threads = threads }, progress: null, CancellationToken.None);

    /// <summary>The same documents in another order.</summary>
    public TopicModel FitReversed()
    {
        Matrix reversed = new(Embeddings.Rows, Dimension);
        for (int row = 0; row < reversed.Rows; row++)
        {
            Embeddings.Row(reversed.Rows - 1 - row).CopyTo(reversed.Row(row));
        }

        return new TopicModelTrainer(Options).Fit(
            [.. Documents.Reverse()], reversed, Embedder, ComputeOptions.Default, progress: null, CancellationToken.None);
    }

    public TopicModel Apply(TopicModel model, TopicOperation operation) =>
        operation.Apply(model, Documents, ComputeOptions.Default, CancellationToken.None);

    private static void FillVector(Span<float> vector, int theme, Random random)
    {
        double squares = 0;
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] = (float)((random.NextDouble() - 0.5) * 0.4) + (i == 3 * theme ? 1 : 0);
            squares += vector[i] * vector[i];
        }

        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] /= (float)Math.Sqrt(squares);
        }
    }
}
