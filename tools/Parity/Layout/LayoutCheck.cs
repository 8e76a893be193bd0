using System.Text.Json;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Parity.Layout;

/// <summary>
/// Checks the layout of the recorded neighbors on three seeds. Coordinates are not reproducible, and a recording has one layout. The
/// layouts must preserve neighborhoods as well as the recorded one, and their clusters must agree with those of the recorded layout as
/// much as with each other: then the recorded layout could be one of them. The spread over the seeds is the allowance.
/// </summary>
internal sealed class LayoutCheck : StageCheck
{
    /// <summary>Least allowance; three seeds can agree by chance.</summary>
    private const double LeastQualityAllowance = 0.005;
    private const double LeastAgreementAllowance = 0.03;
    private const int Seeds = 3;
    private const int FirstSeed = 42;

    /// <summary>Minimum cluster size of a recording without clusters: HDBSCAN's default in BERTopic.</summary>
    private const int DefaultClusterSize = 10;
    private const string ClusterParameters = "hdbscan/parameters.json";

    public override string Stage => "layout";

    public override IReadOnlyList<string> Files => ["embeddings", "knn/indices", "knn/distances", "umap/embedding", "umap/parameters.json"];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        Matrix rows = RecordedRows.Embeddings(golden);
        NeighborTable neighbors = RecordedRows.Neighbors(golden);
        Matrix recorded = RecordedRows.Of(golden.Read("umap/embedding"));
        using var parameters = JsonDocument.Parse(golden.ReadText("umap/parameters.json"));
        LayoutQuality quality = new(rows, neighbors);
        (double trust, double kept) = quality.Of(recorded);
        HdbscanOptions clusters = ClusterOptions(golden);
        int[] recordedLabels = Clusters(recorded, clusters);
        double[] trusts = new double[Seeds];
        double[] shares = new double[Seeds];
        int[][] labels = new int[Seeds][];
        for (int run = 0; run < Seeds; run++)
        {
            UmapOptions options = Options(parameters.RootElement, recorded.Columns) with { Seed = FirstSeed + run };
            UmapModel model = new Umap(options).Fit(rows, neighbors, null, ComputeOptions.Default, null, CancellationToken.None);
            (trusts[run], shares[run]) = quality.Of(model.Embedding);
            labels[run] = Clusters(model.Embedding, clusters);
        }

        for (int run = 0; run < Seeds; run++)
        {
            int seed = FirstSeed + run;
            double leastTrust = trust - Allowance(trusts, LeastQualityAllowance);
            double leastKept = kept - Allowance(shares, LeastQualityAllowance);
            yield return new Measure(Stage, $"trustworthiness-seed-{seed}", trusts[run], leastTrust, AtLeast: true);
            yield return new Measure(Stage, $"kept-neighbors-seed-{seed}", shares[run], leastKept, AtLeast: true);
        }

        double[] own = [.. Pairs(labels)];
        yield return new Measure(
            Stage,
            "clusters-agree-mean-of-seeds",
            labels.Average(found => Partitions.AdjustedMutualInformation(found, recordedLabels)),
            own.Average() - Allowance(own, LeastAgreementAllowance),
            AtLeast: true);
    }

    private static double Allowance(double[] values, double least) => Math.Max(least, values.Max() - values.Min());

    private static IEnumerable<double> Pairs(int[][] labels)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            for (int j = i + 1; j < labels.Length; j++)
            {
                yield return Partitions.AdjustedMutualInformation(labels[i], labels[j]);
            }
        }
    }

    private static UmapOptions Options(JsonElement parameters, int components) => new()
    {
        NeighborCount = parameters.GetProperty("n_neighbors").GetInt32(),
        ComponentCount = components,
        MinDistance = parameters.GetProperty("min_dist").GetDouble(),
        EpochCount = parameters.GetProperty("n_epochs").GetInt32(),
    };

    internal static HdbscanOptions ClusterOptions(GoldenFolder golden)
    {
        if (!golden.Has(ClusterParameters))
        {
            return new HdbscanOptions { MinClusterSize = DefaultClusterSize };
        }

        using var parameters = JsonDocument.Parse(golden.ReadText(ClusterParameters));
        return new HdbscanOptions
        {
            MinClusterSize = parameters.RootElement.GetProperty("min_cluster_size").GetInt32(),
            MinSamples = parameters.RootElement.GetProperty("min_samples").GetInt32(),
        };
    }

    private static int[] Clusters(Matrix points, HdbscanOptions options) =>
        new Hdbscan(options).Fit(points, ComputeOptions.Default, null, CancellationToken.None).Labels;
}
