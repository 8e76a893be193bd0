using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Neighbors;

public sealed class DescentSearchTests
{
    [Theory]
    [InlineData(DistanceMetric.Cosine)]
    [InlineData(DistanceMetric.Euclidean)]
    public void Find_Descent_NearlyTheExactNeighbors(DistanceMetric metric)
    {
        Matrix rows = SampleRows.Clustered(2000, 32, seed: 1);

        NeighborTable exact = Find(rows, NeighborMethod.Exact, 2, metric);
        NeighborTable found = Find(rows, NeighborMethod.Descent, 2, metric);

        int shared = 0;
        for (int row = 0; row < 2000; row++)
        {
            Assert.Equal(row, found.Indices[row * 15]);
            shared += found.Indices[(row * 15)..((row * 15) + 15)].Intersect(exact.Indices[(row * 15)..((row * 15) + 15)]).Count() - 1;
        }

        Assert.True(shared >= 0.98 * 2000 * 14, $"recall {shared / (2000.0 * 14)}");
    }

    [Fact]
    public void Find_AnyNumberOfThreads_SameBits()
    {
        Matrix rows = SampleRows.Clustered(1500, 32, seed: 2);
        NeighborTable one = Find(rows, NeighborMethod.Descent, 1);

        foreach (int threads in (int[])[2, 8])
        {
            NeighborTable several = Find(rows, NeighborMethod.Descent, threads);
            Assert.Equal(one.Indices, several.Indices);
            Assert.Equal(one.Distances, several.Distances);
        }
    }

    [Fact]
    public void Find_DuplicatesByTheThousand_DistinctNeighborsAtZero()
    {
        Matrix rows = new(3000, 16);
        rows.Values.AsSpan().Fill(0.5f);

        NeighborTable found = Find(rows, NeighborMethod.Descent, 2);

        Assert.All(found.Distances, distance => Assert.Equal(0f, distance));
        for (int row = 0; row < 3000; row++)
        {
            Assert.Equal(15, found.Indices[(row * 15)..((row * 15) + 15)].Distinct().Count());
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(193)]
    public void Find_FewRows_AsExact(int count)
    {
        Matrix rows = SampleRows.Clustered(count, 8, seed: 3);

        Assert.Equal(Find(rows, NeighborMethod.Exact, 1).Indices, Find(rows, NeighborMethod.Descent, 2).Indices);
    }

    private static NeighborTable Find(Matrix rows, NeighborMethod method, int threads, DistanceMetric metric = DistanceMetric.Cosine) =>
        new NeighborSearch(new NeighborOptions { Method = method, Metric = metric })
            .Find(rows, new ComputeOptions { Threads = threads }, null, TestContext.Current.CancellationToken);
}
