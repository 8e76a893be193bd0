using System.Globalization;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Fitting;

/// <summary>Planted topics of unequal sizes, and one document in twenty-five without a topic.</summary>
internal sealed class SkewedCorpus
{
    private const int Dimension = 64;
    private const double OutlierShare = 0.04;
    private const double Noise = 0.8;
    private const long ShapeStream = 1;
    private const long CenterStream = 2;
    private const long RowStream = 3;

    private readonly Document[] _documents;
    private readonly Matrix _vectors;

    /// <param name="documents">Number of documents.</param>
    /// <param name="topics">Number of topics.</param>
    /// <param name="skew">The topic of number t is (t + 1) to this power smaller than the first; 0 for equal sizes.</param>
    /// <param name="seed">Seed of centers and documents.</param>
    public SkewedCorpus(int documents, int topics, double skew, int seed)
    {
        double[] shares = [.. Enumerable.Range(1, topics).Select(number => Math.Pow(number, -skew))];
        double all = shares.Sum();
        Planted = new int[documents];
        _documents = new Document[documents];
        _vectors = new Matrix(documents, Dimension);
        for (int row = 0; row < documents; row++)
        {
            ulong shape = CounterRandom.Key(seed, ShapeStream, row);
            double place = CounterRandom.Uniform(shape, 0) * all;
            int topic = 0;
            for (double end = shares[0]; topic < topics - 1 && place >= end; end += shares[topic])
            {
                topic++;
            }

            Planted[row] = CounterRandom.Uniform(shape, 1) < OutlierShare ? -1 : topic;
            Fill(_vectors.Row(row), seed, Planted[row], row);
            string word = "word" + (char)('a' + topic);
            _documents[row] = new Document(
                string.Create(CultureInfo.InvariantCulture, $"d{row:D6}"),
                string.Create(CultureInfo.InvariantCulture, $"{word} {word} common unique{row}"),
                null,
                new Dictionary<string, string> { ["source"] = topic % 3 == 0 || row % 5 == 0 ? "forum" : "mail" });
        }
    }

    /// <summary>Planted topic of each document; −1 for none.</summary>
    public int[] Planted { get; }

    public TopicModel Fit(int minClusterSize, TopicSample? sample)
    {
        TopicModelOptions options = new()
        {
            Layout = new() { NeighborCount = 10, ComponentCount = 3 },
            Clusters = new() { MinClusterSize = minClusterSize },
            Sample = sample,
        };
        EmbedderInfo embedder = new("test", "full", new string('0', 64), Dimension, 256);
        return new TopicModelTrainer(options).Fit(
            _documents, _vectors, embedder, new ComputeOptions { Threads = 2 }, progress: null, TestContext.Current.CancellationToken);
    }

    private static void Fill(Span<float> vector, int seed, int topic, int row)
    {
        ulong center = CounterRandom.Key(seed, CenterStream, topic);
        ulong own = CounterRandom.Key(seed, RowStream, row);
        double square = 0;
        for (int k = 0; k < vector.Length; k++)
        {
            double value = Noise * CounterRandom.Normal(own, k).First;
            vector[k] = (float)(topic < 0 ? value : value + CounterRandom.Normal(center, k).First);
            square += vector[k] * vector[k];
        }

        for (int k = 0; k < vector.Length; k++)
        {
            vector[k] /= (float)Math.Sqrt(square);
        }
    }
}
