using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Clusters;

public sealed class SpanningTreeTests
{
    [Theory]
    [InlineData(1, 900, 2, 1, 0.0)]
    [InlineData(2, 900, 5, 15, 0.1)]
    [InlineData(3, 900, 10, 30, 0.1)]
    [InlineData(4, 300, 3, 5, 0.9)]
    [InlineData(5, 65, 7, 64, 0.0)]
    [InlineData(6, 40, 1, 3, 0.5)]
    [InlineData(7, 700, 5, 62, 0.1)]
    [InlineData(8, 700, 5, 63, 0.1)]
    [InlineData(9, 700, 3, 300, 0.6)]
    [InlineData(10, 700, 2, 699, 0.0)]
    public void Build_PointsWithDuplicates_EqualsPrimAndKruskal(int seed, int rows, int columns, int minSamples, double duplicates)
    {
        Matrix points = Blobs.Create(seed, rows, columns, duplicates: duplicates);
        MutualReachabilityOracle oracle = new(points, minSamples);

        SpanningTree tree = Tree(points, new HdbscanOptions { MinSamples = minSamples });

        IReadOnlyList<(double Weight, int Low, int High)> kruskal = oracle.Kruskal();
        Assert.Equal(kruskal, oracle.Prim());
        Assert.Equal(kruskal, Edges(tree));
    }

    [Fact]
    public void Build_Lattice_EqualsKruskalThoughAllEdgesTie()
    {
        Matrix points = new(144, 2);
        for (int row = 0; row < points.Rows; row++)
        {
            points.Row(row)[0] = row % 12;
            points.Row(row)[1] = row / 12;
        }

        SpanningTree tree = Tree(points, new HdbscanOptions { MinSamples = 3 });

        Assert.Equal(new MutualReachabilityOracle(points, 3).Kruskal(), Edges(tree));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(2.0)]
    public void Build_AlphaAPowerOfTwo_EqualsKruskal(double alpha)
    {
        Matrix points = Blobs.Create(8, 400, 4);

        SpanningTree tree = Tree(points, new HdbscanOptions { MinSamples = 6, Alpha = alpha });

        Assert.Equal(new MutualReachabilityOracle(points, 6, alpha).Kruskal(), Edges(tree));
    }

    [Fact]
    public void Build_OddAlpha_WeighsAsKruskal()
    {
        const double Rounding = 1e-14;
        Matrix points = Blobs.Create(9, 400, 4);

        SpanningTree tree = Tree(points, new HdbscanOptions { MinSamples = 6, Alpha = 1.3 });

        IReadOnlyList<(double Weight, int Low, int High)> expected = new MutualReachabilityOracle(points, 6, 1.3).Kruskal();
        Assert.All(tree.Weights.Zip(expected), pair => Assert.InRange(pair.First / pair.Second.Weight, 1.0 - Rounding, 1.0 + Rounding));
    }

    [Fact]
    public void Sort_EqualWeights_OrdersByEnds()
    {
        SpanningTree tree = new([3, 1, 1, 0], [4, 5, 2, 6], [2.0, 2.0, 2.0, 1.0]);

        tree.Sort();

        Assert.Equal([(1.0, 0, 6), (2.0, 1, 2), (2.0, 1, 5), (2.0, 3, 4)], Edges(tree));
    }

    private static SpanningTree Tree(Matrix points, HdbscanOptions options) => new Hdbscan(options)
        .Connect(KdTree.Build(points), ComputeOptions.Default, progress: null, TestContext.Current.CancellationToken).Edges;

    private static IEnumerable<(double Weight, int Low, int High)> Edges(SpanningTree tree) =>
        tree.Weights.Select((weight, i) => (weight, tree.From[i], tree.To[i]));
}
