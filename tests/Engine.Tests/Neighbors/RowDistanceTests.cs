using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Neighbors;

public sealed class RowDistanceTests
{
    private static readonly Matrix Points = new(8, 1, [0, 1, 3, 6, 10, 15, 21, 28]);

    [Fact]
    public void Of_NewVector_IsTheFifthNearest() => Assert.Equal(10.5, Of(Points, -0.5f), 6);

    [Fact]
    public void Of_VectorOfTheSet_LeavesItselfOut() => Assert.Equal(15, Of(Points, 0), 6);

    [Fact]
    public void OfRows_Rows_AreEachFifthNearestOther()
    {
        NeighborTable table = Table(Points);

        // Row 0 is 1, 3, 6, 10 and 15 from its neighbors; row 7 is 7, 13, 18, 22 and 25 from its own.
        Assert.Equal([9f, 10f, 12f, 13f, 14f, 15f, 18f, 25f], RowDistance.OfRows(table, DistanceMetric.Euclidean));
    }

    [Fact]
    public void OfRows_RepeatedRow_CountsOnce()
    {
        Matrix repeated = new(12, 1, [0, 0, 0, 0, 0, 1, 3, 6, 10, 15, 21, 28]);

        float[] distances = RowDistance.OfRows(Table(repeated, 12), DistanceMetric.Euclidean);

        Assert.Equal(8, distances.Length);
        Assert.Contains(15f, distances);
        Assert.DoesNotContain(0f, distances);
    }

    [Fact]
    public void OfRows_EqualRowsOnly_AreNone() =>
        Assert.Empty(RowDistance.OfRows(Table(new Matrix(20, 2)), DistanceMetric.Euclidean));

    private static double Of(Matrix rows, float value)
    {
        RowQuery query = new(rows, DistanceMetric.Euclidean, 7, RowIndex.Build(rows, DistanceMetric.Euclidean));
        return NearRows.Of(query.Find([value]), DistanceMetric.Euclidean).Distance;
    }

    private static NeighborTable Table(Matrix rows, int count = 7) =>
        new NeighborSearch(new NeighborOptions { NeighborCount = count, Metric = DistanceMetric.Euclidean })
            .Find(rows, ComputeOptions.Default, progress: null, TestContext.Current.CancellationToken);
}
