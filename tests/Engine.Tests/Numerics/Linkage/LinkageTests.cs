using FsCheck.Xunit;
using TopicGrpc.Engine.Numerics.Linkage;
using Xunit;

namespace TopicGrpc.Engine.Tests.Numerics.Linkage;

public sealed class LinkageTests
{
    [Fact]
    public void Average_ThreePointsOnALine_MergesNearestFirst()
    {
        double[] places = [0, 1, 5];
        var distances = CondensedDistances.Create(
            3, (i, j) => Math.Abs(places[i] - places[j]), cancellationToken: TestContext.Current.CancellationToken);

        LinkageMerge[] merges = NearestNeighborChain.Link(
            distances, LinkageMethod.Average, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(new LinkageMerge(0, 1, 1, 2), merges[0]);
        Assert.Equal(new LinkageMerge(2, 3, 4.5, 3), merges[1]);
    }

    [Fact]
    public void Ward_ThreePointsOnALine_FollowsTheRecurrence()
    {
        double[] places = [0, 1, 5];
        var distances = CondensedDistances.Create(
            3, (i, j) => Math.Abs(places[i] - places[j]), cancellationToken: TestContext.Current.CancellationToken);

        LinkageMerge[] merges = NearestNeighborChain.Link(
            distances, LinkageMethod.Ward, cancellationToken: TestContext.Current.CancellationToken);

        // Ward distance of the centroids 0.5 and 5 with sizes 2 and 1: sqrt(2 · 2 · 1 / 3) · 4.5.
        Assert.Equal(Math.Sqrt(4.0 / 3) * 4.5, merges[1].Height, 1e-12);
    }

    [Property(MaxTest = 60)]
    public void Link_RandomPoints_EqualsTheNaiveSearch(int seed)
    {
        Random random = new(seed);
        int count = 2 + random.Next(14);
        double[] places = [.. Enumerable.Range(0, 2 * count).Select(_ => random.NextDouble())];
        var distances = CondensedDistances.Create(
            count,
            (i, j) => Math.Sqrt(Square(places[2 * i] - places[2 * j]) + Square(places[(2 * i) + 1] - places[(2 * j) + 1])),
            cancellationToken: TestContext.Current.CancellationToken);

        double[] heights =
        [
            .. NearestNeighborChain
                .Link(distances, LinkageMethod.Average, cancellationToken: TestContext.Current.CancellationToken)
                .Select(m => m.Height),
        ];

        Assert.Equal(NaiveAverageHeights(distances), heights, (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Property(MaxTest = 40)]
    public void Arrange_FourLeavesInPairs_GivesTheShortestWalk(int seed)
    {
        // With two merges below the root, the path of the root decides every orientation, so the order is the global optimum.
        Random random = new(seed);
        double[] places = [random.NextDouble(), random.NextDouble(), 10 + random.NextDouble(), 10 + random.NextDouble()];
        var distances = CondensedDistances.Create(
            4, (i, j) => Math.Abs(places[i] - places[j]), cancellationToken: TestContext.Current.CancellationToken);
        LinkageMerge[] merges = NearestNeighborChain.Link(
            distances, LinkageMethod.Ward, cancellationToken: TestContext.Current.CancellationToken);

        LinkageMerge[] arranged = LeafOrder.Arrange(merges, distances, cancellationToken: TestContext.Current.CancellationToken);

        double best = Enumerable.Range(0, 1 << merges.Length)
            .Min(
                turns =>
                    WalkLength(
                        [.. merges.Select((m, i) => (turns >> i & 1) == 0 ? m : m with { Left = m.Right, Right = m.Left })], distances));
        Assert.Equal(best, WalkLength(arranged, distances), 1e-6);
    }

    [Property(MaxTest = 40)]
    public void Arrange_RandomPoints_OnlySwapsChildren(int seed)
    {
        Random random = new(seed);
        int count = 3 + random.Next(9);
        double[] places = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        var distances = CondensedDistances.Create(
            count, (i, j) => Math.Abs(places[i] - places[j]), cancellationToken: TestContext.Current.CancellationToken);
        LinkageMerge[] merges = NearestNeighborChain.Link(
            distances, LinkageMethod.Ward, cancellationToken: TestContext.Current.CancellationToken);

        LinkageMerge[] arranged = LeafOrder.Arrange(merges, distances, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(merges, arranged.Select(m => m with { Left = Math.Min(m.Left, m.Right), Right = Math.Max(m.Left, m.Right) }));
        Assert.Equal(merges[^1], arranged[^1]);
    }

    private static double Square(double value) => value * value;

    private static double WalkLength(LinkageMerge[] merges, CondensedDistances distances)
    {
        List<int> leaves = [];
        Stack<int> open = new([distances.Count + merges.Length - 1]);
        while (open.TryPop(out int node))
        {
            if (node < distances.Count)
            {
                leaves.Add(node);
                continue;
            }

            open.Push(merges[node - distances.Count].Right);
            open.Push(merges[node - distances.Count].Left);
        }

        return leaves.Zip(leaves.Skip(1), (a, b) => distances[a, b]).Sum();
    }

    private static double[] NaiveAverageHeights(CondensedDistances distances)
    {
        List<int[]> clusters = [.. Enumerable.Range(0, distances.Count).Select(i => new[] { i })];
        List<double> heights = [];
        while (clusters.Count > 1)
        {
            (double Height, int[] A, int[] B) best = (double.PositiveInfinity, [], []);
            foreach (int[] a in clusters)
            {
                foreach (int[] b in clusters.SkipWhile(c => c != a).Skip(1))
                {
                    double height = a.SelectMany(i => b.Select(j => distances[i, j])).Average();
                    best = height < best.Height ? (height, a, b) : best;
                }
            }

            clusters.Remove(best.A);
            clusters.Remove(best.B);
            clusters.Add([.. best.A, .. best.B]);
            heights.Add(best.Height);
        }

        return [.. heights];
    }
}
