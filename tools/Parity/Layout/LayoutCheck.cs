using System.Text.Json;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Parity.Layout;

/// <summary>
/// Checks the layout of the recorded neighbors on three seeds. Coordinates are not reproducible. The layout must preserve
/// neighborhoods as well as the recorded one, and its clusters must agree with those of the recorded layout as much as two
/// reference runs agree.
/// </summary>
internal sealed class LayoutCheck : StageCheck
{
    private const double Allowance = 0.005;
    private const int Seeds = 3;

    /// <summary>Adjusted mutual information between two reference runs: on 18,846 posts, and on 3,119 passages.</summary>
    private const double LargeAgreement = 0.78;
    private const double SmallAgreement = 0.80;
    private const int LargeCorpus = 10_000;

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
        int clusterSize = rows.Rows > LargeCorpus ? 30 : 15;
        int[] recordedLabels = Clusters(recorded, clusterSize);
        double agreement = 0.0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            UmapOptions options = new()
            {
                ComponentCount = recorded.Columns,
                MinDistance = parameters.RootElement.GetProperty("min_dist").GetDouble(),
                Seed = 42 + seed,
            };
            UmapModel model = new Umap(options).Fit(rows, neighbors, null, ComputeOptions.Default, null, CancellationToken.None);
            (double ownTrust, double ownKept) = quality.Of(model.Embedding);
            yield return new Measure(Stage, $"trustworthiness-seed-{options.Seed}", ownTrust, trust - Allowance, AtLeast: true);
            yield return new Measure(Stage, $"kept-neighbors-seed-{options.Seed}", ownKept, kept - Allowance, AtLeast: true);
            agreement += Partitions.AdjustedMutualInformation(Clusters(model.Embedding, clusterSize), recordedLabels) / Seeds;
        }

        double limit = rows.Rows > LargeCorpus ? LargeAgreement : SmallAgreement;
        yield return new Measure(Stage, "clusters-agree-mean-of-seeds", agreement, limit, AtLeast: true);
    }

    private static int[] Clusters(Matrix points, int clusterSize) =>
        new Hdbscan(new HdbscanOptions { MinClusterSize = clusterSize }).Fit(
            points, ComputeOptions.Default, null, CancellationToken.None).Labels;
}
