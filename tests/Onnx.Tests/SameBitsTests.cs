using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Onnx.Tests;

public sealed class SameBitsTests
{
    // Includes short, long, empty and odd texts.
    private static readonly string[] Texts = [.. Golden.Texts.Take(80)];

    [Theory]
    [InlineData(EmbedderPrecision.Full)]
    [InlineData(EmbedderPrecision.Fast)]
    public void Embed_AloneOrBesideOthersOrAfterReload_GivesTheSameBits(EmbedderPrecision precision)
    {
        using var embedder = OnnxEmbedder.Open(new OnnxEmbedderOptions { Precision = precision });
        Matrix alone = Embed(embedder, Texts, 1);

        Matrix beside = Embed(embedder, Texts, 8);
        Matrix again = Embed(embedder, Texts, 1);
        using var reloaded = OnnxEmbedder.Open(new OnnxEmbedderOptions { Precision = precision });
        Matrix afterReload = Embed(reloaded, Texts, 2);

        Assert.Equal(alone.Values, beside.Values);
        Assert.Equal(alone.Values, again.Values);
        Assert.Equal(alone.Values, afterReload.Values);
        Assert.Equal(embedder.Info, reloaded.Info);
    }

    [Fact]
    public void BulkEmbed_TextsInAnotherOrder_GivesTheSameRows()
    {
        using var embedder = OnnxEmbedder.Open(new OnnxEmbedderOptions { Precision = EmbedderPrecision.Fast });
        string[] reversed = [.. Texts.Reverse()];

        Matrix forward = Embed(embedder, Texts, 2);
        Matrix backward = Embed(embedder, reversed, 2);

        for (int row = 0; row < Texts.Length; row++)
        {
            Assert.True(forward.Row(row).SequenceEqual(backward.Row(Texts.Length - 1 - row)), $"row {row}");
        }
    }

    private static Matrix Embed(OnnxEmbedder embedder, string[] texts, int threads) =>
        BulkEmbedder.Embed(embedder, texts, new ComputeOptions { Threads = threads }, null, TestContext.Current.CancellationToken);
}
