using System.Numerics.Tensors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Onnx.Tests;

public sealed class ReferenceVectorTests
{
    // The weights are stored as float16, which causes the difference.
    private const float FullCosine = 0.99999f;

    // The minimum on 18,846 posts is 0.987; the recorded texts include short and odd ones.
    private const float FastCosine = 0.98f;

    [Fact]
    public void Embed_Full_MatchesSentenceTransformers()
    {
        Matrix vectors = EmbedAll(EmbedderPrecision.Full);

        float lowest = LowestCosine(vectors, Golden.Embeddings());
        TestContext.Current.TestOutputHelper?.WriteLine($"lowest cosine {lowest:R}");
        Assert.True(lowest >= FullCosine, $"lowest cosine {lowest:R}");
    }

    [Fact]
    public void Embed_Fast_StaysNearFull()
    {
        Matrix vectors = EmbedAll(EmbedderPrecision.Fast);

        float lowest = LowestCosine(vectors, EmbedAll(EmbedderPrecision.Full));
        TestContext.Current.TestOutputHelper?.WriteLine($"lowest cosine {lowest:R}");
        Assert.True(lowest >= FastCosine, $"lowest cosine {lowest:R}");
    }

    private static Matrix EmbedAll(EmbedderPrecision precision)
    {
        using var embedder = OnnxEmbedder.Open(new OnnxEmbedderOptions { Precision = precision });
        return BulkEmbedder.Embed(embedder, Golden.Texts, ComputeOptions.Default, null, TestContext.Current.CancellationToken);
    }

    private static float LowestCosine(Matrix left, Matrix right)
    {
        Assert.Equal(Golden.Texts.Length, left.Rows);
        Assert.Equal(left.Rows, right.Rows);
        float lowest = float.MaxValue;
        for (int row = 0; row < left.Rows; row++)
        {
            lowest = Math.Min(lowest, TensorPrimitives.CosineSimilarity<float>(left.Row(row), right.Row(row)));
            Assert.Equal(1.0, TensorPrimitives.Norm<float>(left.Row(row)), 1e-5);
        }

        return lowest;
    }
}
