using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Layout;

public sealed class TargetIntersectionTests
{
    [Fact]
    public void Apply_TwoLabelsAndOneUnlabeled_WeightsByHand()
    {
        // A triangle: 0 and 1 have different classes, 2 has none. Weights 0.8 (0-1), 0.5 (0-2), 0.4 (1-2).
        CsrMatrix<float> graph = new(3, [0, 2, 4, 6], [1, 2, 0, 2, 0, 1], [.8f, .5f, .8f, .4f, .5f, .4f]);

        CsrMatrix<float> result = TargetIntersection.Apply(
            graph, [7, 8, TargetIntersection.Unlabeled], 1, TestContext.Current.CancellationToken);

        double far = .8 * Math.Exp(-5);
        double half = Math.Exp(-1);
        double fromZero = far / (.5 * half);
        double fromOne = far / (.4 * half);
        Assert.Equal(graph.ColumnIndices, result.ColumnIndices);
        Assert.Equal(fromZero + fromOne - (fromZero * fromOne), result.Values[0], 1e-6);
        Assert.Equal(1.0, result.Values[1], 1e-6);
        Assert.Equal(1.0, result.Values[3], 1e-6);
    }

    [Fact]
    public void Fit_LabelsAcrossClusters_LabelsTakeOverTheLayout()
    {
        Matrix rows = Neighbors.SampleRows.Clustered(300, 24, seed: 1);
        int[] targets = [.. Enumerable.Range(0, 300).Select(row => row / 5 % 2)];
        Engine.Neighbors.NeighborTable neighbors = new Engine.Neighbors.NeighborSearch(new()).Find(
            rows, ComputeOptions.Default, null, TestContext.Current.CancellationToken);
        Umap umap = new(new UmapOptions());

        double plain = SameLabelShare(
            umap.Fit(rows, neighbors, null, ComputeOptions.Default, null, TestContext.Current.CancellationToken).Embedding, targets);
        double guided = SameLabelShare(
            umap.Fit(rows, neighbors, targets, ComputeOptions.Default, null, TestContext.Current.CancellationToken).Embedding, targets);

        Assert.True(guided > plain + 0.2, $"{plain} without labels, {guided} with them");
    }

    private static double SameLabelShare(Matrix layout, int[] targets)
    {
        Engine.Neighbors.NeighborOptions options = new() { NeighborCount = 6, Metric = Engine.Neighbors.DistanceMetric.Euclidean };
        Engine.Neighbors.NeighborTable near = new Engine.Neighbors.NeighborSearch(options).Find(
            layout, ComputeOptions.Default, null, TestContext.Current.CancellationToken);
        return Enumerable.Range(0, near.Indices.Length).Average(i => targets[near.Indices[i]] == targets[i / 6] ? 1.0 : 0.0);
    }
}
