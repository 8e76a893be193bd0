using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Tests.Neighbors;
using TopicGrpc.Engine.Topics.Checkpoints;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Checkpoints;

/// <summary>Layouts of corpora that are too large for a fit in a test.</summary>
public sealed class LayoutFormatTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(20_000, 0)]
    [InlineData(500, 1)]
    [InlineData(50, 2)]
    public void Read_SearchGraphWithLevels_HasTheSameLinks(int mostTopRows, int leastLevels)
    {
        Matrix rows = SampleRows.Clustered(2000, 8, seed: 4);
        UmapOptions options = new() { ComponentCount = 2, NeighborCount = 10 };
        NeighborTable neighbors = new NeighborSearch(new NeighborOptions { NeighborCount = 10 })
            .Find(rows, ComputeOptions.Default, progress: null, Token);
        SearchGraph graph = SearchGraph.Create(rows, neighbors, DistanceMetric.Cosine, mostTopRows, ComputeOptions.Default, Token)!;
        UmapModel layout = new(options, 1.5, 0.9, rows, SampleRows.Uniform(2000, 2, seed: 5), graph);
        Matrix variant = SampleRows.Uniform(2000, 2, seed: 6);
        LayoutFormat format = new(rows, options, variants: 1);
        using MemoryStream stream = new();
        format.Write((layout, [variant]), new StageWriter(stream));
        stream.Position = 0;

        (UmapModel read, Matrix[] variants) = format.Read(new StageReader(stream));

        Assert.Equal((layout.A, layout.B), (read.A, read.B));
        Assert.Equal(layout.Embedding.Values, read.Embedding.Values);
        Assert.Equal(variant.Values, Assert.Single(variants).Values);
        int levels = 0;
        (SearchGraph? expected, SearchGraph? actual) = (graph, read.Graph);
        for (; expected is not null; (expected, actual) = (expected.Sample?.Graph, actual.Sample?.Graph), levels++)
        {
            Assert.NotNull(actual);
            Assert.True(expected.Links.Span.SequenceEqual(actual.Links.Span));
            Assert.Equal(expected.Entries, actual.Entries);
            Assert.Equal(expected.Sample?.Rows, actual.Sample?.Rows);
        }

        Assert.Null(actual);
        Assert.InRange(levels, 1 + leastLevels, int.MaxValue);
        Assert.Equal(stream.Length, stream.Position);
    }
}
