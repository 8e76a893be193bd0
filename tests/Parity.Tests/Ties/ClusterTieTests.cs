using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Parity.Clusters;
using Xunit;

namespace TopicGrpc.Parity.Tests.Ties;

public sealed class ClusterTieTests
{
    private static readonly HdbscanOptions Options = new() { MinClusterSize = 5, MinSamples = 5 };
    private static readonly Matrix Points = NormalSample.Points();
    private static readonly HdbscanModel Model = new Hdbscan(Options).Fit(Points, ComputeOptions.Default, null, CancellationToken.None);

    [Fact]
    public void Points_NormalSample_AreNumPys() =>
        Assert.Equal([-0.712391f, 0.753766f, -0.044503f], Sorted(), (a, b) => Math.Abs(a - b) < 1e-6);

    [Fact]
    public void Fit_NormalSample_OrderOfTiesDecidesTheClusters() => Assert.NotEmpty(OtherOrders());

    [Fact]
    public void Check_RecordingWithAnotherOrderOfTies_Holds()
    {
        foreach (HdbscanModel other in OtherOrders())
        {
            using Recording recording = Record(other, other.Labels);

            Measure[] measures = [.. new ClusterFitCheck().Run(recording.Folder, [])];

            Assert.All(measures, static measure => Assert.True(measure.Holds, measure.ToString()));
        }
    }

    [Fact]
    public void Check_LabelThatNoTieExplains_FallsShort()
    {
        HdbscanModel clustered = OtherOrders().Append(Model).First(static model => model.ClusterCount > 0);
        int[] labels = [.. clustered.Labels];
        labels[Array.FindIndex(labels, static label => label >= 0)] = -1;
        using Recording recording = Record(clustered, labels);

        Measure[] measures = [.. new ClusterFitCheck().Run(recording.Folder, [])];

        Assert.Contains(measures, static measure => measure is { Name: "labels-differing-without-tie", Holds: false });
    }

    [Fact]
    public void Check_DendrogramWithOtherGroups_FallsShort()
    {
        int[] left = [.. Model.State.MergeLeft];
        (left[0], left[1]) = (left[1], left[0]);
        HdbscanModel wrong = new(Model.State with { MergeLeft = left });
        using Recording recording = Record(wrong, Model.Labels);

        Measure[] measures = [.. new ClusterFitCheck().Run(recording.Folder, [])];

        Assert.Contains(measures, static measure => measure is { Name: "tree-heights-with-other-groups", Holds: false });
    }

    /// <summary>Returns the models with merges of equal distance in other orders that have other labels.</summary>
    private static List<HdbscanModel> OtherOrders() =>
    [
        .. ShuffledTies.Trees(Points, Options)
            .Select(static tree => new HdbscanModel(Model.State with { MergeLeft = tree.Left, MergeRight = tree.Right }))
            .Where(static other => !other.Labels.SequenceEqual(Model.Labels)),
    ];

    private static float[] Sorted()
    {
        // The first row drawn is the one that the permutation puts at the place of row 0.
        int place = Array.IndexOf(new MersenneTwister(1).Permutation(Points.Rows), 0);
        return Points.Row(place).ToArray();
    }

    private static Recording Record(HdbscanModel model, int[] labels)
    {
        HdbscanState state = model.State;
        double[] linkage = new double[4 * state.MergeLeft.Length];
        for (int merge = 0; merge < state.MergeLeft.Length; merge++)
        {
            linkage[4 * merge] = state.MergeLeft[merge];
            linkage[(4 * merge) + 1] = state.MergeRight[merge];
            linkage[(4 * merge) + 2] = state.MergeDistances[merge];
        }

        return new Recording()
            .Add("umap/embedding", Points.Values, Points.Rows, Points.Columns)
            .AddJson("hdbscan/parameters.json", new { min_cluster_size = Options.MinClusterSize, min_samples = Options.MinSamples })
            .Add("hdbscan/labels", labels)
            .Add("hdbscan/probabilities", model.Probabilities, model.Probabilities.Length)
            .Add("hdbscan/persistence", model.Persistence, model.Persistence.Length)
            .Add("hdbscan/outlier_scores", model.OutlierScores, model.OutlierScores.Length)
            .Add("hdbscan/single_linkage_tree", linkage, state.MergeLeft.Length, 4)
            .Add("hdbscan/single_linkage_weights", state.MergeDistances, state.MergeDistances.Length)
            .Add("hdbscan/membership_train", new float[Points.Rows * model.ClusterCount], Points.Rows, model.ClusterCount);
    }
}
