using FsCheck.Xunit;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Numerics;

public sealed class KdTreeTests
{
    [Property(MaxTest = 60)]
    public void FindNearest_AnyPoints_EqualsSortingAll(int seed)
    {
        Random random = new(seed);
        int rows = random.Next(1, 400);
        int columns = random.Next(1, 8);
        int values = random.Next(2, 200);

        // Few distinct values, so that equal points and equal distances are common.
        Matrix points = new(rows, columns);
        for (int i = 0; i < points.Values.Length; i++)
        {
            points.Values[i] = random.Next(values) / 8f;
        }

        double[] query = [.. points.Row(random.Next(rows)).ToArray().Select(value => value + (random.Next(3) / 8.0))];
        int count = Math.Min(rows, random.Next(2) == 0 ? random.Next(1, 40) : random.Next(40, 400));
        double[] distances = new double[count];
        int[] found = new int[count];
        NearestList nearest = new(distances, found);

        KdTree.Build(points).FindNearest(query, ref nearest);

        (double Distance, int Row)[] expected =
        [
            .. Enumerable.Range(0, rows).Select(row => (Distance(points.Row(row), query), row)).Order().Take(count),
        ];
        Assert.Equal(count, nearest.Count);
        Assert.Equal(expected, distances.Zip(found));
    }

    [Fact]
    public void Build_AnyPoints_HoldsEachRowOnceInsideItsBoxes()
    {
        Random random = new(5);
        Matrix points = new(1000, 3);
        for (int i = 0; i < points.Values.Length; i++)
        {
            points.Values[i] = random.NextSingle();
        }

        var tree = KdTree.Build(points);

        Assert.Equal(Enumerable.Range(0, 1000), tree.Rows.Order());
        double[] point = new double[3];
        for (int node = 0; node < tree.Nodes.Length; node++)
        {
            for (int slot = tree.Nodes[node].Start; slot < tree.Nodes[node].End; slot++)
            {
                tree.CopySlot(slot, point);
                Assert.Equal(points.Row(tree.Rows[slot]).ToArray(), Array.ConvertAll(point, value => (float)value));
                Assert.Equal(0, tree.LowerBound(node, point));
            }
        }
    }

    private static double Distance(ReadOnlySpan<float> row, double[] query)
    {
        double sum = 0;
        for (int k = 0; k < query.Length; k++)
        {
            double difference = row[k] - query[k];
            sum += difference * difference;
        }

        return sum;
    }
}
