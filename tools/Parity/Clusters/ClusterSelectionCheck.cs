using System.Text.Json;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Comparison;

namespace TopicGrpc.Parity.Clusters;

/// <summary>
/// Selection settings on a layout for which the default selects one giant cluster: each setting must have the recorded
/// effect.
/// </summary>
internal sealed class ClusterSelectionCheck : StageCheck
{
    private const string Parameters = "hdbscan/parameters.json";

    public override string Stage => "clusters-one-giant";

    public override IReadOnlyList<string> Files => ["hdbscan_one_giant/points", Parameters, .. Cases.Select(c => c.File)];

    // The epsilon file has the 61 clusters of max_cluster_size: epsilon alone cannot split a giant cluster, so both were set.
    private static IReadOnlyList<(string File, Func<HdbscanOptions, HdbscanOptions> Change)> Cases { get; } =
    [
        ("hdbscan_one_giant/labels_default", options => options),
        ("hdbscan_one_giant/labels_max_cluster_size_1900", options => options with { MaxClusterSize = 1900 }),
        ("hdbscan_one_giant/labels_leaf", options => options with { SelectionMethod = ClusterSelectionMethod.Leaf }),
        ("hdbscan_one_giant/labels_epsilon_0_2", options => options with { MaxClusterSize = 1900, SelectionEpsilon = 0.2 }),
    ];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        NpyArray array = golden.Read("hdbscan_one_giant/points");
        HdbscanOptions options = new() { MinClusterSize = ClusterSize(golden) };
        HdbscanModel model = new Hdbscan(options).Fit(
            new Matrix(array.Rows, array.Columns, array.ToSingles()), ComputeOptions.Default, null, CancellationToken.None);
        foreach ((string file, Func<HdbscanOptions, HdbscanOptions> change) in Cases)
        {
            int[] expected = golden.Read(file).ToIntegers();
            int[] labels = model.SelectLabels(change(options));
            string name = file["hdbscan_one_giant/labels_".Length..];
            int[][] orders = [.. ShuffledTies.Labels(model.State.Points, change(options))];
            double lowest = orders.Min(order => AdjustedRandIndex.Compute(order, expected));
            yield return new Measure(
                Stage, $"{name}-ari-ties-by-row", AdjustedRandIndex.Compute(labels, expected), Math.Min(0.999, lowest), AtLeast: true);
            yield return new Measure(
                Stage, $"{name}-differing-without-tie", new ClusterDifferences(model, labels, expected, orders).Unexplained, 0);
        }
    }

    private static int ClusterSize(GoldenFolder golden)
    {
        using var parameters = JsonDocument.Parse(golden.ReadText(Parameters));
        return parameters.RootElement.GetProperty("min_cluster_size").GetInt32();
    }
}
