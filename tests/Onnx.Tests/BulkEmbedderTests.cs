using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Onnx.Tests;

public sealed class BulkEmbedderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Embed_Texts_PlacesEachInItsRow(int threads)
    {
        string[] texts = [.. Enumerable.Range(0, 50).Select(static i => new string('a', (i * 37) % 50))];

        Matrix rows = BulkEmbedder.Embed(
            new LengthEmbedder(), texts, new ComputeOptions { Threads = threads }, null, TestContext.Current.CancellationToken);

        Assert.Equal(texts.Select(static t => (float)t.Length), rows.Values);
    }

    [Fact]
    public void Embed_NoTexts_GivesNoRows()
    {
        Matrix rows = BulkEmbedder.Embed(new LengthEmbedder(), [], ComputeOptions.Default, null, TestContext.Current.CancellationToken);

        Assert.Equal((0, 1), (rows.Rows, rows.Columns));
    }

    [Fact]
    public void Embed_Progress_CountsUpByOne()
    {
        Recorder progress = new();

        BulkEmbedder.Embed(
            new LengthEmbedder(),
            [.. Enumerable.Repeat("a", 100)],
            new ComputeOptions { Threads = 4 },
            progress,
            TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(1, 100), progress.Reports);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Embed_CancelledAtTheTenthText_StopsWithinOneTextAThread(int threads)
    {
        using CancellationTokenSource source = new();
        LengthEmbedder embedder = new();
        Recorder progress = new() { AtTen = source.Cancel };

        Assert.ThrowsAny<OperationCanceledException>(() => BulkEmbedder.Embed(
            embedder, [.. Enumerable.Repeat("a", 1000)], new ComputeOptions { Threads = threads }, progress, source.Token));

        Assert.InRange(embedder.Started, 10, 9 + (2 * threads));
    }

    [Fact]
    public void Embed_OneTextFails_ThrowsWhatTheEmbedderThrew()
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => BulkEmbedder.Embed(
            new LengthEmbedder(), ["a", "fails", "b"], new ComputeOptions { Threads = 2 }, null, TestContext.Current.CancellationToken));

        Assert.Equal("It fails.", e.Message);
    }

    private sealed class Recorder : IProgress<int>
    {
        public List<int> Reports { get; } = [];

        public Action? AtTen { get; init; }

        public void Report(int value)
        {
            Reports.Add(value);
            if (value == 10)
            {
                AtTen?.Invoke();
            }
        }
    }

    private sealed class LengthEmbedder : IEmbedder
    {
        private int _started;

        public int Started => _started;

        public EmbedderInfo Info { get; } = new("length", "full", "0", 1, 256);

        public EmbeddingCost Embed(string text, Span<float> destination, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (text == "fails")
            {
                throw new InvalidOperationException("It fails.");
            }

            Interlocked.Increment(ref _started);
            destination[0] = text.Length;
            return default;
        }
    }
}
