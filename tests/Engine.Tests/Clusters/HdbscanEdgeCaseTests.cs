using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Clusters;

public sealed class HdbscanEdgeCaseTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void Fit_FewerPointsThanAClusterNeeds_GivesOutliersOnly(int rows)
    {
        HdbscanModel model = Fit(Blobs.Create(21, rows, 3), new HdbscanOptions { MinClusterSize = 10 });

        Assert.Equal(0, model.ClusterCount);
        Assert.All(model.Labels, label => Assert.Equal(-1, label));
        AssertDefined(model);
    }

    [Fact]
    public void Fit_FewerPointsThanMinSamples_CountsAllOthers()
    {
        Matrix points = Blobs.Create(22, 12, 3);

        HdbscanModel model = Fit(points, new HdbscanOptions { MinClusterSize = 3, MinSamples = 500 });
        HdbscanModel clipped = Fit(points, new HdbscanOptions { MinClusterSize = 3, MinSamples = 11 });

        Assert.Equal(clipped.State.MergeDistances, model.State.MergeDistances);
        AssertDefined(model);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void Fit_AllPointsEqual_IsOneClusterOnlyIfAllowed(bool allowed, int clusters)
    {
        HdbscanModel model = Fit(new Matrix(2500, 4), new HdbscanOptions { MinClusterSize = 10, AllowSingleCluster = allowed });

        Assert.Equal(clusters, model.ClusterCount);
        Assert.All(model.Labels, label => Assert.Equal(clusters - 1, label));
        AssertDefined(model);
    }

    [Fact]
    public void Fit_DuplicatesByTheThousand_AreClustersOfTheirOwn()
    {
        Matrix points = Blobs.Create(23, 3000, 4, centers: 3, scattered: 0.3);
        for (int row = 0; row < 2000; row++)
        {
            points.Row(row % 2).CopyTo(points.Row(row));
        }

        HdbscanModel model = Fit(points, new HdbscanOptions { MinClusterSize = 20 });

        Assert.True(model.Labels[0] >= 0 && model.Labels[1] >= 0);
        Assert.NotEqual(model.Labels[0], model.Labels[1]);
        for (int row = 0; row < 2000; row++)
        {
            Assert.Equal(model.Labels[row % 2], model.Labels[row]);
            Assert.Equal(1.0, model.Probabilities[row]);
        }

        AssertDefined(model);
    }

    [Fact]
    public void Fit_OneDenseBlob_HasNoClusterUnlessAllowed()
    {
        Matrix points = Blobs.Create(24, 200, 3, centers: 1, scattered: 0);
        HdbscanOptions options = new() { MinClusterSize = 60 };

        HdbscanModel refused = Fit(points, options);
        HdbscanModel allowed = Fit(points, options with { AllowSingleCluster = true });

        Assert.Equal(0, refused.ClusterCount);
        Assert.Equal(1, allowed.ClusterCount);
        Assert.Contains(0, allowed.Labels);
        Assert.Equal(0, allowed.Predict(points.Row(Array.IndexOf(allowed.Labels, 0)), []).Cluster);
        AssertDefined(refused);
        AssertDefined(allowed);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Fit_CoordinateNotFinite_NamesThePoint(float value)
    {
        Matrix points = Blobs.Create(25, 50, 3);
        points.Row(17)[1] = value;

        ArgumentException error = Assert.Throws<ArgumentException>(() => Fit(points, new HdbscanOptions()));

        Assert.Contains("Point 17", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(3, 0)]
    public void Fit_NothingToCluster_IsRefused(int rows, int columns)
    {
        Assert.Throws<ArgumentException>(() => Fit(new Matrix(rows, columns), new HdbscanOptions()));
    }

    [Fact]
    public void Fit_Cancelled_Throws()
    {
        using CancellationTokenSource source = new();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(
            () => new Hdbscan(new HdbscanOptions()).Fit(Blobs.Create(26, 500, 3), ComputeOptions.Default, null, source.Token));
    }

    [Fact]
    public void Fit_Progress_RisesToOne()
    {
        Recorder recorder = new();

        new Hdbscan(new HdbscanOptions()).Fit(
            Blobs.Create(27, 500, 3), ComputeOptions.Default, recorder, TestContext.Current.CancellationToken);

        Assert.Equal(recorder.Values.Order(), recorder.Values);
        Assert.Equal(1.0, recorder.Values[^1]);
    }

    private static HdbscanModel Fit(Matrix points, HdbscanOptions options) =>
        new Hdbscan(options).Fit(points, ComputeOptions.Default, null, TestContext.Current.CancellationToken);

    private static void AssertDefined(HdbscanModel model)
    {
        Assert.All(model.Probabilities, value => Assert.InRange(value, 0, 1));
        Assert.All(model.OutlierScores, value => Assert.InRange(value, 0, 1));
        Assert.All(model.Persistence, value => Assert.True(double.IsFinite(value)));
        double[] row = new double[model.ClusterCount];
        for (int i = 0; i < model.Labels.Length; i++)
        {
            ClusterAssignment assignment = model.Predict(model.State.Points.Row(i), row);
            Assert.InRange(assignment.Strength, 0, 1);
            Assert.All(row, value => Assert.InRange(value, 0, 1));
        }

        Matrix membership = model.MembershipOfTraining(ComputeOptions.Default, TestContext.Current.CancellationToken);
        Assert.All(membership.Values, value => Assert.InRange(value, 0, 1));
    }

    private sealed class Recorder : IProgress<double>
    {
        public List<double> Values { get; } = [];

        public void Report(double value) => Values.Add(value);
    }
}
