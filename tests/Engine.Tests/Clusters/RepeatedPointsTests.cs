using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Clusters;

public sealed class RepeatedPointsTests
{
    [Fact]
    public void Extend_Merges_AreADendrogramOfAllPoints()
    {
        // Three distinct points: 0 and 1 merge at 1, then 2 joins at 4. Point 1 occurs three times, point 2 twice.
        (int[] left, int[] right, double[] distances) = RepeatedPoints.Extend([0, 3], [1, 2], [1.0, 4.0], [1, 0, 1, 2, 1, 2]);

        Assert.Equal([1.0, 1.0, 1.0, 4.0, 4.0], distances);
        var tree = SingleLinkageTree.FromMerges(left, right, distances);
        Assert.Equal(6, tree.PointCount);
        Assert.Equal(6, tree.Sizes[^1]);
        Assert.Equal([2, 3, 4, 2, 6], tree.Sizes);
    }

    [Fact]
    public void Extended_NoCopies_SameLabels()
    {
        Matrix points = Blobs();
        HdbscanModel model = Fit(points);

        Assert.Equal(model.Labels, model.Extended([.. Enumerable.Range(0, points.Rows)]).Labels);
    }

    [Fact]
    public void Extended_Copies_GetTheLabelOfTheirPointAndChangeNoOther()
    {
        Matrix points = Blobs();
        HdbscanModel model = Fit(points);
        int[] distinctOf = [.. Enumerable.Range(0, points.Rows), .. Enumerable.Repeat(7, 500)];

        HdbscanModel extended = model.Extended(distinctOf);

        Assert.Equal(model.ClusterCount, extended.ClusterCount);
        Assert.Equal(model.Labels, extended.Labels[..points.Rows]);
        Assert.All(extended.Labels[points.Rows..], label => Assert.Equal(extended.Labels[7], label));
    }

    [Fact]
    public void Extended_LonelyPointWithManyCopies_IsACluster()
    {
        Matrix blobs = Blobs();
        Matrix points = new(blobs.Rows + 1, 2);
        blobs.Span.CopyTo(points.Span);
        points.Row(blobs.Rows)[0] = 500;
        int[] distinctOf = [.. Enumerable.Range(0, points.Rows), .. Enumerable.Repeat(blobs.Rows, 60)];

        HdbscanModel extended = Fit(points).Extended(distinctOf);

        int lonely = Assert.Single(extended.Labels[blobs.Rows..].Distinct());
        Assert.True(lonely >= 0);
        Assert.DoesNotContain(lonely, extended.Labels[..blobs.Rows]);
    }

    private static HdbscanModel Fit(Matrix points) =>
        new Hdbscan(new HdbscanOptions { MinClusterSize = 10, MinSamples = 5 }).Fit(
            points, ComputeOptions.Default, progress: null, TestContext.Current.CancellationToken);

    /// <summary>Three groups of forty points around (0, 0), (50, 0) and (100, 0).</summary>
    private static Matrix Blobs()
    {
        Matrix points = new(120, 2);
        for (int row = 0; row < points.Rows; row++)
        {
            (double x, double y) = CounterRandom.Normal(CounterRandom.Key(3, 1), row);
            points.Row(row)[0] = (float)((50 * (row % 3)) + x);
            points.Row(row)[1] = (float)y;
        }

        return points;
    }
}
