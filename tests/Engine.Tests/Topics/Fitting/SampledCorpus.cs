using System.Globalization;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Fitting;

/// <summary>Documents in six large planted groups and one group that is too rare for a sample, with words, classes and times.</summary>
internal sealed class SampledCorpus
{
    public const int Large = 6;
    public const int Each = 100;
    public const int Rare = 30;

    public SampledCorpus()
    {
        Matrix planted = PlantedVectors.Create(Large + 1, Each);
        Groups = [.. Enumerable.Range(0, planted.Rows).Select(row => row % (Large + 1)).Where((group, row) => IsKept(row))];
        int[] rows = [.. Enumerable.Range(0, planted.Rows).Where(IsKept)];
        Vectors = new Matrix(rows.Length, planted.Columns);
        var documents = new Document[rows.Length];
        DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (int row = 0; row < rows.Length; row++)
        {
            planted.Row(rows[row]).CopyTo(Vectors.Row(row));
            string stem = "word" + (char)('a' + Groups[row]);
            documents[row] = new Document(
                string.Create(CultureInfo.InvariantCulture, $"d{row:D5}"),
                string.Create(CultureInfo.InvariantCulture, $"{stem} {stem}x{row % 5} common unique{row}"),
                row % 10 == 9 ? null : start.AddHours(row),
                new Dictionary<string, string> { ["source"] = row % 4 == 0 ? "forum" : "mail" });
        }

        Documents = documents;

        static bool IsKept(int row) => row % (Large + 1) < Large || row / (Large + 1) < Rare;
    }

    public static TopicModelOptions Options { get; } = new()
    {
        Layout = new() { NeighborCount = 8, ComponentCount = 3 },
        Clusters = new() { MinClusterSize = 12, MinSamples = 3 },
        Sample = new() { Size = 150 },
    };

    public int[] Groups { get; }

    public IReadOnlyList<Document> Documents { get; }

    public Matrix Vectors { get; }

    public EmbedderInfo Embedder => new("test", "full", new string('0', 64), Vectors.Columns, 256);

    public TopicModel Fit(TopicModelOptions? options = null, int threads = 2, bool reversed = false)
    {
        int[] order = [.. Enumerable.Range(0, Documents.Count)];
        if (reversed)
        {
            Array.Reverse(order);
        }

        Matrix vectors = new(Vectors.Rows, Vectors.Columns);
        for (int row = 0; row < order.Length; row++)
        {
            Vectors.Row(order[row]).CopyTo(vectors.Row(row));
        }

        return new TopicModelTrainer(options ?? Options).Fit(
            [.. order.Select(row => Documents[row])],
            vectors,
            Embedder,
            new ComputeOptions { Threads = threads },
            progress: null,
            TestContext.Current.CancellationToken);
    }
}
