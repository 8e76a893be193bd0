using FsCheck.Xunit;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Clusters;

public sealed class NeighborListsTests
{
    [Property(MaxTest = 40)]
    public void Find_AnyNumberOfSamples_CoreDistancesOfSortedDistances(int seed)
    {
        Random random = new(seed);
        Matrix points = Blobs.Create(seed, random.Next(2, 600), random.Next(1, 8), duplicates: random.NextDouble());
        int minSamples = random.Next(1, points.Rows);
        var tree = KdTree.Build(points);

        var lists = NeighborLists.Find(tree, minSamples, new ComputeOptions { Threads = 2 }, CancellationToken.None);

        int[] slotOf = new int[points.Rows];
        for (int slot = 0; slot < slotOf.Length; slot++)
        {
            slotOf[tree.Rows[slot]] = slot;
        }

        for (int row = 0; row < points.Rows; row++)
        {
            double[] distances =
                [.. Enumerable.Range(0, points.Rows).Select(other => tree.SquaredDistance(slotOf[row], slotOf[other])).Order()];
            Assert.Equal(distances[minSamples], lists.SquaredCore[row]);
            Assert.Equal(Math.Sqrt(distances[minSamples - 1]), lists.PredictionCore[row]);
        }
    }

    [Fact]
    public void Find_ThousandSamplesOfManyRows_KeepsNoLists()
    {
        Matrix points = Blobs.Create(1, 5000, 5);

        var lists = NeighborLists.Find(KdTree.Build(points), 1000, new ComputeOptions { Threads = 2 }, CancellationToken.None);

        Assert.Empty(lists.Rows);
        Assert.All(lists.SquaredCore, core => Assert.True(core > 0));
    }
}
