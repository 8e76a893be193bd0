using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Neighbors;

public sealed class DescentMemoryTests
{
    /// <summary>
    /// Codes (1 byte a value) and, for each of 24 candidates, score, index, snapshot and reverse neighbor (16 bytes), the table and twelve
    /// trees of 8 bytes. Independent of the number of rounds, and less than the vectors, which are 4 bytes a value.
    /// </summary>
    private const int MostBytesPerRow = 1_150;

    [Fact]
    public void Find_Descent_AllocatesLessThanTheVectors()
    {
        Matrix rows = SampleRows.Clustered(20_000, 384, seed: 5);
        NeighborSearch search = new(new NeighborOptions { Method = NeighborMethod.Descent });
        ComputeOptions compute = new() { Threads = 1 };
        search.Find(SampleRows.Clustered(500, 384, seed: 6), compute, null, TestContext.Current.CancellationToken);

        long before = GC.GetAllocatedBytesForCurrentThread();
        search.Find(rows, compute, null, TestContext.Current.CancellationToken);
        double perRow = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)rows.Rows;

        Assert.InRange(perRow, 1, MostBytesPerRow);
    }
}
