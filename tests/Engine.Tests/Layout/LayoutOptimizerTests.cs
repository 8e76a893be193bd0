using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Tests.Neighbors;
using Xunit;

namespace TopicGrpc.Engine.Tests.Layout;

public sealed class LayoutOptimizerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(37)]
    public void Run_OneVectorOrTwoHalves_SameBits(int negatives)
    {
        Matrix rows = SampleRows.Clustered(300, 24, seed: 1);
        UmapOptions options = new() { ComponentCount = 10, EpochCount = 40, NegativeSampleRate = negatives };
        NeighborTable neighbors = new NeighborSearch(new NeighborOptions()).Find(
            rows, ComputeOptions.Default, null, TestContext.Current.CancellationToken);
        CsrMatrix<float> graph = new Umap(options).Graph(neighbors, null, 1, TestContext.Current.CancellationToken);
        float[] start = new SpectralStart(rows, graph, options, 1, TestContext.Current.CancellationToken).Create();

        float[] whole = Run<Point16>(graph, start, options);

        Assert.NotEqual(start, whole);
        Assert.Equal(whole, Run<PointPair<Point8>>(graph, start, options));
    }

    private static float[] Run<TPoint>(CsrMatrix<float> graph, float[] start, UmapOptions options)
        where TPoint : struct, IPoint<TPoint> =>
        new LayoutOptimizer<TPoint>(LayoutSchedule.Of(graph), start, options, (1.58, 0.9), options.EpochCount!.Value)
            .Run(null, 2, null, TestContext.Current.CancellationToken).Values;
}
