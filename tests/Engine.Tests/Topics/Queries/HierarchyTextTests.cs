using TopicGrpc.Engine.Topics.Queries;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Queries;

public sealed class HierarchyTextTests
{
    [Fact]
    public void Draw_ThreeTopics_IndentsByDepth()
    {
        HierarchyMerge[] merges =
        [
            new(4, "all", [0, 1, 2], 3, "fruit", 1, "car", 2.0),
            new(3, "fruit", [0, 2], 0, "apple", 2, "pear", 1.0),
        ];

        Assert.Equal(
            ".\n├─fruit\n│    ├─■──apple ── Topic: 0\n│    └─■──pear ── Topic: 2\n└─■──car ── Topic: 1\n",
            HierarchyText.Draw(merges));
    }

    [Fact]
    public void Draw_NoMerge_IsEmpty() => Assert.Empty(HierarchyText.Draw([]));
}
