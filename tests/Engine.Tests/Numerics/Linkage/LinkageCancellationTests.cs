using TopicGrpc.Engine.Numerics.Linkage;
using Xunit;

namespace TopicGrpc.Engine.Tests.Numerics.Linkage;

/// <summary>F14: the hierarchy of topics stops when its call is canceled, even inside one merge.</summary>
public sealed class LinkageCancellationTests
{
    [Fact]
    public void F14_Arrange_CanceledInsideAMerge_Stops()
    {
        // Equal distances make a balanced tree, whose last merge alone would take minutes.
        var distances = CondensedDistances.Create(2048, static (_, _) => 1, cancellationToken: TestContext.Current.CancellationToken);
        LinkageMerge[] merges = NearestNeighborChain.Link(
            distances, LinkageMethod.Ward, cancellationToken: TestContext.Current.CancellationToken);
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(200));

        Assert.Throws<OperationCanceledException>(() => LeafOrder.Arrange(merges, distances, source.Token));
    }

    [Fact]
    public void F14_Create_MoreItemsThanAnArrayHolds_IsAnOverflow() =>
        Assert.Throws<OverflowException>(
            static () => CondensedDistances.Create(70_000, static (_, _) => 1, cancellationToken: TestContext.Current.CancellationToken));
}
