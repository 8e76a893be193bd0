using TopicGrpc.Engine.Clusters;
using Xunit;

namespace TopicGrpc.Engine.Tests.Clusters;

/// <summary>
/// A tree small enough to compute by hand, with min_cluster_size 2: ((0 1 | 2 3) | 4 5 6), and point 7 leaves early.
/// Distances: 0-1 at 1, 2-3 at 1.25, both at 2, 4-5 at 1, 6 at 1.6, the two sides at 4, point 7 at 8.
/// </summary>
public sealed class ClusterSelectionTests
{
    private static readonly SingleLinkageTree Tree = SingleLinkageTree.FromMerges(
        left: [0, 4, 2, 9, 8, 12, 13],
        right: [1, 5, 3, 6, 10, 11, 7],
        distances: [1, 1, 1.25, 1.6, 2, 4, 8]);

    private static readonly HdbscanOptions Options = new() { MinClusterSize = 2 };

    [Fact]
    public void Build_SmallTree_HasTheClustersOfThePicture()
    {
        var tree = CondensedTree.Build(Tree, 2);

        Assert.Equal([-1, 0, 0, 1, 1], tree.Parents);
        Assert.Equal([0, 0.25, 0.25, 0.5, 0.5], tree.Births);
        Assert.Equal([8, 4, 3, 2, 2], tree.Sizes);
        Assert.Equal([3, 3, 4, 4, 2, 2, 2, 0], tree.PointCluster);
        Assert.Equal([1, 1, 0.8, 0.8, 1, 1, 0.625, 0.125], tree.PointLambda);
    }

    [Fact]
    public void Select_ExcessOfMass_KeepsTheMoreStableLevel()
    {
        // Stability of cluster 1: 4 × 0.25 = 1; of its children: 2 × 0.5 + 2 × 0.3 = 1.6.
        Assert.Equal([1, 1, 2, 2, 0, 0, 0, -1], Labels(Options));
    }

    [Fact]
    public void Select_Leaf_TakesAllLeaves()
    {
        Assert.Equal([1, 1, 2, 2, 0, 0, 0, -1], Labels(Options with { SelectionMethod = ClusterSelectionMethod.Leaf }));
    }

    [Fact]
    public void Select_MaxClusterSize_PassesOverLargerOnes()
    {
        Assert.Equal([0, 0, 1, 1, -1, -1, -1, -1], Labels(Options with { MaxClusterSize = 2 }));
    }

    [Theory]
    [InlineData(1.9, false)]
    [InlineData(2.5, true)]
    [InlineData(100, true)]
    public void Select_Epsilon_MergesClustersBornBelowIt(double epsilon, bool merged)
    {
        Assert.Equal(merged ? [0, 0, 0, 0, 1, 1, 1, -1] : [1, 1, 2, 2, 0, 0, 0, -1], Labels(Options with { SelectionEpsilon = epsilon }));
    }

    [Fact]
    public void Select_EpsilonAboveTheRoot_AllowsOneClusterOnlyIfAsked()
    {
        HdbscanOptions options = Options with { SelectionEpsilon = 100, AllowSingleCluster = true };

        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0], Labels(options));
    }

    [Fact]
    public void Select_EpsilonMax_PassesOverClustersBornAboveIt()
    {
        Assert.Equal([0, 0, 1, 1, -1, -1, -1, -1], Labels(Options with { SelectionEpsilonMax = 3 }));
    }

    [Theory]
    [InlineData(0.29, 5)]
    [InlineData(0.31, 3)]
    [InlineData(0.8, 1)]
    public void Select_Persistence_UndoesSplitsWithAWeakLeaf(double threshold, int clusters)
    {
        var selection = ClusterSelection.Select(Tree, Options with { SelectionPersistence = threshold });

        Assert.Equal(clusters, selection.Tree.ClusterCount);
    }

    [Fact]
    public void Prune_WeakLeafBesideABranch_LeavesAtTheSplit()
    {
        // The merges of the right side (4 5 6) are higher, so that it ends soon after the split; the left side keeps its split.
        var tree = CondensedTree.Build(
            SingleLinkageTree.FromMerges([0, 2, 8, 4, 11, 10, 13], [1, 3, 9, 5, 6, 12, 7], [1, 1.25, 2, 3.5, 3.6, 4, 8]), 2);

        CondensedTree pruned = TreePruning.Prune(tree, 0.1);

        Assert.Equal([-1, 0, 0], pruned.Parents);
        Assert.Equal([1, 1, 2, 2, 0, 0, 0, 0], pruned.PointCluster);
        Assert.Equal([1, 1, 0.8, 0.8, 0.25, 0.25, 0.25, 0.125], pruned.PointLambda);
    }

    [Fact]
    public void Select_Labels_GiveStrengthPersistenceAndOutlierScores()
    {
        var selection = ClusterSelection.Select(Tree, Options);

        Assert.Equal([1, 1, 1, 1, 1, 1, 0.625, 0], selection.Probabilities);
        Assert.Equal([((2 * 0.75) + 0.375) / 3, 0.5, 0.3], selection.Persistence.Select(value => Math.Round(value, 12)));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0.375, 0.875], OutlierScores.Compute(selection.Tree));
    }

    [Theory]
    [InlineData(1, null, 0, 1.0, 0.0, "MinClusterSize")]
    [InlineData(2, 0, 0, 1.0, 0.0, "MinSamples")]
    [InlineData(2, null, -1, 1.0, 0.0, "MaxClusterSize")]
    [InlineData(2, null, 0, 0.0, 0.0, "Alpha")]
    [InlineData(2, null, 0, 1.0, double.NaN, "SelectionEpsilon")]
    public void Constructor_SettingOutOfRange_NamesIt(
        int minClusterSize,
        int? minSamples,
        int maxClusterSize,
        double alpha,
        double epsilon,
        string name)
    {
        HdbscanOptions options = new()
        {
            MinClusterSize = minClusterSize,
            MinSamples = minSamples,
            MaxClusterSize = maxClusterSize,
            Alpha = alpha,
            SelectionEpsilon = epsilon,
        };

        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new Hdbscan(options)).ParamName);
    }

    private static int[] Labels(HdbscanOptions options) => ClusterSelection.Select(Tree, options).Labels;
}
