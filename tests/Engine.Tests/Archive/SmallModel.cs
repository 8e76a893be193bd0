using System.Globalization;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Tests.Archive;

/// <summary>A real model of 240 made-up documents in four groups, fitted once for all tests.</summary>
internal static class SmallModel
{
    private const int Groups = 4;
    private const int Count = 240;

    private static readonly string[] Subjects =
        ["space orbit rocket moon", "engine car wheel road", "doctor patient health drug", "game team season player"];
    private static readonly Lazy<TopicModel> Fitted = new(Fit);

    public const int Dimension = 16;

    public static TopicModel Instance => Fitted.Value;

    /// <summary>The documents that it was fitted on.</summary>
    public static Document[] Documents { get; } = [.. Enumerable.Range(0, Count).Select(i => new Document(
        string.Create(CultureInfo.InvariantCulture, $"doc-{i:000}-é"),
        string.Create(CultureInfo.InvariantCulture, $"the {Subjects[i % Groups]} number{i % 7} only{i}")))];

    /// <summary>A vector of unit length near a group, the same for the same number.</summary>
    public static float[] Vector(int number)
    {
        Random random = new(number);
        float[] vector = new float[Dimension];
        double squares = 0;
        for (int k = 0; k < vector.Length; k++)
        {
            vector[k] = (float)((random.NextDouble() * 0.3) + (k / 4 == number % Groups ? 1 : 0));
            squares += vector[k] * vector[k];
        }

        return Array.ConvertAll(vector, value => (float)(value / Math.Sqrt(squares)));
    }

    private static TopicModel Fit()
    {
        Matrix embeddings = new(Count, Dimension, [.. Enumerable.Range(0, Count).SelectMany(Vector)]);
        TopicModelOptions options = new()
        {
            Layout = new UmapOptions { NeighborCount = 10, ComponentCount = 3 },
            Clusters = new HdbscanOptions { MinClusterSize = 15 },
            Words = new WordOptions { StopWords = StopWords.English, MaxTopicFrequency = FrequencyLimit.Share(0.95) },
            CalculateProbabilities = true,
        };
        EmbedderInfo embedder = new("made-up", "full", new string('a', 64), Dimension, 256);
        TopicModel model = new TopicModelTrainer(options).Fit(
            Documents, embeddings, embedder, new ComputeOptions { Threads = 1 }, null, CancellationToken.None);
        return model.WithMapPoints(new Matrix(Count, 2, [.. Enumerable.Range(0, 2 * Count).Select(i => (float)Math.Sin(i))]));
    }
}
