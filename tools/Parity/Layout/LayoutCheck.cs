using System.Text.Json;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Parity.Layout;

/// <summary>
/// The layout of the recorded neighbors on three seeds. Coordinates are not to be reproduced; neighborhoods must be kept as
/// well as in the recorded result.
/// </summary>
internal sealed class LayoutCheck : StageCheck
{
    private const double Allowance = 0.005;
    private const int Seeds = 3;

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
        }
    }
}
