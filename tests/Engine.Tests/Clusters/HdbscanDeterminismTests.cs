using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Clusters;

public sealed class HdbscanDeterminismTests
{
    private static readonly HdbscanOptions Options = new() { MinClusterSize = 20, MinSamples = 10 };

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void Fit_MoreThreads_GivesTheSameBits(int threads)
    {
        Matrix points = Blobs.Create(11, 3000, 6, centers: 12, duplicates: 0.05);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        HdbscanModel one = new Hdbscan(Options).Fit(points, new ComputeOptions { Threads = 1 }, null, cancellation);

        HdbscanModel many = new Hdbscan(Options).Fit(points, new ComputeOptions { Threads = threads }, null, cancellation);

        AssertSame(one, many);
        Assert.Equal(
            one.MembershipOfTraining(new ComputeOptions { Threads = 1 }, cancellation).Values,
            many.MembershipOfTraining(new ComputeOptions { Threads = threads }, cancellation).Values);
    }

    [Fact]
    public void Fit_RowsInAnotherOrder_GivesTheSameTreeAndClusters()
    {
        // With one sample and continuous coordinates, ties are rare, so clusters do not depend on the order of rows.
        HdbscanOptions options = new() { MinClusterSize = 15, MinSamples = 1 };
        Matrix points = Blobs.Create(12, 1500, 4);
        int[] rows = Blobs.Permutation(13, points.Rows);
        CancellationToken cancellation = TestContext.Current.CancellationToken;

        HdbscanModel first = new Hdbscan(options).Fit(points, ComputeOptions.Default, null, cancellation);
        HdbscanModel second = new Hdbscan(options).Fit(Blobs.Select(points, rows), ComputeOptions.Default, null, cancellation);

        Assert.Equal(first.State.MergeDistances, second.State.MergeDistances);
        Assert.Equal(first.ClusterCount, second.ClusterCount);
        Dictionary<int, int> names = [];
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.Equal(
                names.TryAdd(first.Labels[rows[i]], second.Labels[i]) ? second.Labels[i] : names[first.Labels[rows[i]]], second.Labels[i]);
            Assert.Equal(first.Probabilities[rows[i]], second.Probabilities[i]);
        }

        Assert.Equal(names.Count, names.Values.Distinct().Count());
    }

    [Theory]
    [InlineData(-8)]
    [InlineData(3)]
    public void Fit_PointsScaledByAPowerOfTwo_GivesTheSameClusters(int exponent)
    {
        Matrix points = Blobs.Create(14, 1000, 5);
        Matrix scaled = new(points.Rows, points.Columns, Array.ConvertAll(points.Values, value => MathF.ScaleB(value, exponent)));
        CancellationToken cancellation = TestContext.Current.CancellationToken;

        HdbscanModel first = new Hdbscan(Options).Fit(points, ComputeOptions.Default, null, cancellation);
        HdbscanModel second = new Hdbscan(Options).Fit(scaled, ComputeOptions.Default, null, cancellation);

        Assert.Equal(first.Labels, second.Labels);
        Assert.Equal(first.Probabilities, second.Probabilities);
        Assert.Equal(first.OutlierScores, second.OutlierScores);
        Assert.Equal(first.Persistence, second.Persistence);
    }

    [Fact]
    public void Constructor_StateOfAFittedModel_GivesTheSameBits()
    {
        Matrix points = Blobs.Create(15, 1200, 5, duplicates: 0.1);
        HdbscanModel fitted = new Hdbscan(Options).Fit(points, ComputeOptions.Default, null, TestContext.Current.CancellationToken);

        HdbscanModel rebuilt = new(fitted.State);

        AssertSame(fitted, rebuilt);
        double[] first = new double[fitted.ClusterCount];
        double[] second = new double[fitted.ClusterCount];
        for (int row = 0; row < points.Rows; row += 7)
        {
            Assert.Equal(fitted.Predict(points.Row(row), first), rebuilt.Predict(points.Row(row), second));
            Assert.Equal(first, second);
        }
    }

    private static void AssertSame(HdbscanModel first, HdbscanModel second)
    {
        Assert.Equal(first.State.MergeLeft, second.State.MergeLeft);
        Assert.Equal(first.State.MergeRight, second.State.MergeRight);
        Assert.Equal(first.State.MergeDistances, second.State.MergeDistances);
        Assert.Equal(first.State.CoreDistances, second.State.CoreDistances);
        Assert.Equal(first.Labels, second.Labels);
        Assert.Equal(first.Probabilities, second.Probabilities);
        Assert.Equal(first.OutlierScores, second.OutlierScores);
        Assert.Equal(first.Persistence, second.Persistence);
    }
}
