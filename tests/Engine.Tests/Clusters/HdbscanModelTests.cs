using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Clusters;

public sealed class HdbscanModelTests
{
    private static readonly HdbscanOptions Options = new() { MinClusterSize = 20, MinSamples = 10 };

    [Fact]
    public void Predict_ManyCallersAtOnce_AnswersAsAlone()
    {
        HdbscanModel model = Fit(Options);
        Matrix queries = Blobs.Create(32, 400, 5, centers: 8);
        var alone = new ClusterAssignment[queries.Rows];
        double[][] memberships = new double[queries.Rows][];
        for (int row = 0; row < queries.Rows; row++)
        {
            memberships[row] = new double[model.ClusterCount];
            alone[row] = model.Predict(queries.Row(row), memberships[row]);
        }

        Parallel.For(0, queries.Rows, new ParallelOptions { MaxDegreeOfParallelism = 8 }, row =>
        {
            double[] membership = new double[model.ClusterCount];
            Assert.Equal(alone[row], model.Predict(queries.Row(row), membership));
            Assert.Equal(memberships[row], membership);
        });
    }

    [Theory]
    [InlineData(10)]
    [InlineData(200)]
    public void Predict_Repeated_AllocatesNothing(int minSamples)
    {
        HdbscanModel model = Fit(Options with { MinSamples = minSamples });
        Matrix queries = Blobs.Create(33, 50, 5);
        double[] membership = new double[model.ClusterCount];
        for (int row = 0; row < queries.Rows; row++)
        {
            model.Predict(queries.Row(row), membership);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int row = 0; row < queries.Rows; row++)
        {
            model.Predict(queries.Row(row), membership);
            model.Predict(queries.Row(row), []);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Predict_PointFarFromAll_IsAnOutlier()
    {
        HdbscanModel model = Fit(Options);
        double[] membership = new double[model.ClusterCount];

        ClusterAssignment assignment = model.Predict([1e6f, 1e6f, 1e6f, 1e6f, 1e6f], membership);

        Assert.Equal(new ClusterAssignment(-1, 0), assignment);
        Assert.InRange(membership.Sum(), 0, 0.5);
    }

    [Fact]
    public void Predict_ExemplarOfACluster_IsFullyInIt()
    {
        HdbscanModel model = Fit(Options);
        double[] membership = new double[model.ClusterCount];
        for (int label = 0; label < model.ClusterCount; label++)
        {
            model.Predict(model.State.Points.Row(model.Exemplars.Rows[label][0]), membership);

            Assert.Equal(label, Array.IndexOf(membership, membership.Max()));
        }
    }

    [Fact]
    public void Predict_WrongLengths_NamesBoth()
    {
        HdbscanModel model = Fit(Options);

        ArgumentException point = Assert.Throws<ArgumentException>(() => model.Predict(new float[4], []));
        ArgumentException membership = Assert.Throws<ArgumentException>(
            () => model.Predict(new float[5], new double[model.ClusterCount + 1]));
        ArgumentException number = Assert.Throws<ArgumentException>(() => model.Predict([0, 0, float.NaN, 0, 0], []));

        Assert.Contains("5 coordinates, the point has 4", point.Message, StringComparison.Ordinal);
        Assert.Equal("membership", membership.ParamName);
        Assert.Equal("point", number.ParamName);
    }

    [Fact]
    public void MembershipOfTraining_AnyPoint_SumsToAtMostOneAndPointsAtItsCluster()
    {
        HdbscanModel model = Fit(Options);

        Matrix membership = model.MembershipOfTraining(ComputeOptions.Default, TestContext.Current.CancellationToken);

        int agreeing = 0;
        for (int row = 0; row < membership.Rows; row++)
        {
            float[] values = membership.Row(row).ToArray();
            Assert.InRange(values.Sum(), 0, 1.00001f);
            agreeing += model.Labels[row] == Array.IndexOf(values, values.Max()) ? 1 : 0;
        }

        Assert.InRange(agreeing, 0.95 * model.Labels.Count(label => label >= 0), membership.Rows);
    }

    [Theory]
    [InlineData(0, 20, 0.0, ClusterSelectionMethod.ExcessOfMass, 0.0)]
    [InlineData(150, 20, 0.0, ClusterSelectionMethod.ExcessOfMass, 0.0)]
    [InlineData(0, 60, 0.0, ClusterSelectionMethod.Leaf, 0.0)]
    [InlineData(0, 10, 1.5, ClusterSelectionMethod.Leaf, 0.0)]
    [InlineData(0, 10, 0.0, ClusterSelectionMethod.Leaf, 0.1)]
    public void SelectLabels_OtherSelection_EqualsAFitWithIt(
        int maxClusterSize,
        int minClusterSize,
        double epsilon,
        ClusterSelectionMethod method,
        double persistence)
    {
        HdbscanOptions other = Options with
        {
            MaxClusterSize = maxClusterSize,
            MinClusterSize = minClusterSize,
            SelectionEpsilon = epsilon,
            SelectionMethod = method,
            SelectionPersistence = persistence,
        };

        Assert.Equal(Fit(other).Labels, Fit(Options).SelectLabels(other));
    }

    [Fact]
    public void Constructor_BrokenState_SaysWhatDoesNotFit()
    {
        HdbscanState state = Fit(Options).State;
        int[] left = [.. state.MergeLeft];
        left[3] = left[2];
        double[] distances = [.. state.MergeDistances];
        distances[5] = double.NaN;

        Assert.Throws<ArgumentException>(() => new HdbscanModel(state with { CoreDistances = [] }));
        Assert.Throws<ArgumentException>(() => new HdbscanModel(state with { MergeRight = [] }));
        Assert.Contains(
            "Merge 3",
            Assert.Throws<ArgumentException>(() => new HdbscanModel(state with { MergeLeft = left })).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "Merge 5",
            Assert.Throws<ArgumentException>(() => new HdbscanModel(state with { MergeDistances = distances })).Message,
            StringComparison.Ordinal);
    }

    private static HdbscanModel Fit(HdbscanOptions options) =>
        new Hdbscan(options).Fit(
            Blobs.Create(31, 1500, 5, centers: 8), ComputeOptions.Default, null, TestContext.Current.CancellationToken);
}
