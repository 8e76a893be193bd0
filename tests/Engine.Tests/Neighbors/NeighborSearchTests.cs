using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Neighbors;

public sealed class NeighborSearchTests
{
    [Theory]
    [InlineData(DistanceMetric.Cosine, 300, 20)]
    [InlineData(DistanceMetric.Cosine, 97, 384)]
    [InlineData(DistanceMetric.Euclidean, 300, 20)]
    public void Find_RandomRows_EqualsTheDefinition(DistanceMetric metric, int count, int columns)
    {
        Matrix rows = SampleRows.Clustered(count, columns, seed: 1);

        NeighborTable table = Find(rows, 10, 2, metric);

        RowGeometry geometry = new(rows, metric, 1, TestContext.Current.CancellationToken);
        for (int row = 0; row < count; row++)
        {
            int[] expected =
            [
                .. Enumerable.Range(0, count)
                    .Where(other => other != row)
                    .OrderBy(other => geometry.Distance(row, other))
                    .ThenBy(other => other)
                    .Take(9),
            ];
            Assert.Equal(row, table.Indices[row * 10]);
            Assert.Equal(0f, table.Distances[row * 10]);
            Assert.Equal(expected, table.Indices[((row * 10) + 1)..((row + 1) * 10)]);
        }
    }

    [Fact]
    public void Find_AnyNumberOfThreads_SameBits()
    {
        Matrix rows = SampleRows.Clustered(700, 48, seed: 2);

        NeighborTable one = Find(rows, 15, 1);

        foreach (int threads in (int[])[2, 8])
        {
            NeighborTable several = Find(rows, 15, threads);
            Assert.Equal(one.Indices, several.Indices);
            Assert.Equal(one.Distances, several.Distances);
        }
    }

    [Fact]
    public void Find_DuplicatesByTheThousand_DistanceZeroAndLowestNumbersFirst()
    {
        Matrix rows = SampleRows.Clustered(1500, 24, seed: 3);
        for (int row = 0; row < 1200; row++)
        {
            rows.Row(1499).CopyTo(rows.Row(row));
        }

        NeighborTable table = Find(rows, 15, 2);

        int[] first = table.Indices[(1000 * 15)..(1001 * 15)];
        Assert.Equal([1000, .. Enumerable.Range(0, 14)], first);
        Assert.All(table.Distances[..(1200 * 15)], distance => Assert.Equal(0f, distance));
    }

    [Fact]
    public void Find_ScaledRows_SameCosineNeighbors()
    {
        Matrix rows = SampleRows.Clustered(200, 16, seed: 4);
        Matrix scaled = new(200, 16, Array.ConvertAll(rows.Values, value => 4f * value));

        Assert.Equal(Find(rows, 15, 1).Indices, Find(scaled, 15, 1).Indices);
    }

    [Fact]
    public void Find_ZeroVectors_NearEachOtherAndAtOneFromAllElse()
    {
        Matrix rows = SampleRows.Clustered(60, 8, seed: 5);
        rows.Row(10).Clear();
        rows.Row(20).Clear();

        NeighborTable table = Find(rows, 59, 1);

        Assert.Equal([10, 20], table.Indices[(10 * 59)..((10 * 59) + 2)]);
        Assert.Equal([0f, 0f], table.Distances[(10 * 59)..((10 * 59) + 2)]);
        Assert.Contains(1f, table.Distances[(10 * 59)..(11 * 59)]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Find_NotFinite_RefusedWithTheRow(float value)
    {
        Matrix rows = SampleRows.Clustered(1200, 8, seed: 6);
        rows.Row(1100)[3] = value;

        ArgumentException exception = Assert.Throws<ArgumentException>(() => Find(rows, 15, 2));

        Assert.Contains("Row 1100", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(15, 14)]
    [InlineData(16, 15)]
    public void Find_FewRows_AsManyNeighborsAsTheReference(int count, int expected)
    {
        NeighborTable table = Find(SampleRows.Clustered(count, 8, seed: 7), 15, 2);

        Assert.Equal(expected, table.NeighborCount);
        Assert.Equal(count * expected, table.Indices.Length);
        Assert.All(table.Indices, index => Assert.InRange(index, 0, count - 1));
    }

    [Fact]
    public void Find_Cancelled_Stops()
    {
        using CancellationTokenSource source = new();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => new NeighborSearch(new NeighborOptions())
            .Find(SampleRows.Clustered(500, 8, seed: 8), ComputeOptions.Default, null, source.Token));
    }

    private static NeighborTable Find(Matrix rows, int count, int threads, DistanceMetric metric = DistanceMetric.Cosine) =>
        new NeighborSearch(new NeighborOptions { NeighborCount = count, Metric = metric })
            .Find(rows, new ComputeOptions { Threads = threads }, null, TestContext.Current.CancellationToken);
}
