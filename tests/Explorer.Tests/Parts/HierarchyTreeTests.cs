using TopicGrpc.Client.Topics;
using TopicGrpc.Explorer.Topics;

namespace TopicGrpc.Explorer.Tests.Parts;

public sealed class HierarchyTreeTests
{
    private static readonly HierarchyTree Tree = HierarchyTree.Of(new TopicHierarchy
    {
        Model = "m",
        Version = 1,
        Merges = [Merge(6, 5, 1, 2.0, [0, 1, 2, 3]), Merge(5, 4, 0, 1.0, [0, 2, 3]), Merge(4, 2, 3, 0.5, [2, 3])],
    });

    [Fact]
    public void Leaves_EveryNode_HasAdjacentTopics()
    {
        Assert.Equal([2, 3, 0, 1], Tree.Leaves);
        Assert.Equal(0.5, Tree.Position(4));
        Assert.Equal(2.0, Tree.MaxDistance);
    }

    [Theory]
    [InlineData(0.0, "2|3|0|1")]
    [InlineData(0.5, "2,3|0|1")]
    [InlineData(1.5, "0,2,3|1")]
    [InlineData(2.0, "0,1,2,3")]
    public void Groups_Cut_JoinsTopicsUpToTheDistance(double cut, string expected) =>
        Assert.Equal(expected, string.Join('|', Tree.Groups(cut).Select(static group => string.Join(',', group))));

    private static TopicMerge Merge(int node, int left, int right, double distance, int[] topics) => new()
    {
        Node = node,
        Name = "",
        Left = left,
        LeftName = "",
        Right = right,
        RightName = "",
        Distance = distance,
        Topics = topics,
    };
}
