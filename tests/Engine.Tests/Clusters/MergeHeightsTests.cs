using FsCheck.Xunit;
using TopicGrpc.Engine.Clusters;
using Xunit;

namespace TopicGrpc.Engine.Tests.Clusters;

public sealed class MergeHeightsTests
{
    private const double Own = -1.0;

    [Property]
    public void Fill_AnyTreeAndSelection_SplitOfTheLowestCommonAncestor(int seed)
    {
        Random random = new(seed);
        CondensedTree tree = Tree(random, points: random.Next(2, 200));
        int[] selected = [.. Enumerable.Range(0, tree.ClusterCount).Where(_ => random.Next(3) == 0)];
        MergeHeights heights = new(tree, selected);
        double[] found = new double[selected.Length];

        for (int cluster = 0; cluster < tree.ClusterCount; cluster++)
        {
            heights.Fill(cluster, Own, found);

            Assert.Equal(selected.Select(other => Height(tree, cluster, other)), found);
        }
    }

    private static double Height(CondensedTree tree, int cluster, int other)
    {
        int[] path = [.. Path(tree, cluster)];
        int common = Path(tree, other).First(path.Contains);
        return common == cluster || common == other ? Own : tree.SplitOf(common);
    }

    private static IEnumerable<int> Path(CondensedTree tree, int cluster)
    {
        for (; cluster >= 0; cluster = tree.Parents[cluster])
        {
            yield return cluster;
        }
    }

    private static CondensedTree Tree(Random random, int points)
    {
        List<int> open = [.. Enumerable.Range(0, points)];
        int[] left = new int[points - 1];
        int[] right = new int[points - 1];
        double[] distances = new double[points - 1];
        for (int merge = 0; merge < left.Length; merge++)
        {
            left[merge] = Take();
            right[merge] = Take();
            distances[merge] = merge + 1;
            open.Add(points + merge);
        }

        return CondensedTree.Build(SingleLinkageTree.FromMerges(left, right, distances), minClusterSize: 2);

        int Take()
        {
            int place = random.Next(open.Count);
            int node = open[place];
            open.RemoveAt(place);
            return node;
        }
    }
}
