using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Parity.Layout;

/// <summary>Compares neighbors of the recorded embeddings with the recorded neighbors.</summary>
internal sealed class NeighborsCheck : StageCheck
{
    /// <summary>Difference up to which two distances can swap.</summary>
    private const double TieWidth = 1e-6;

    public override string Stage => "neighbors";

    public override IReadOnlyList<string> Files => ["embeddings", "knn/indices", "knn/distances"];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        Matrix rows = RecordedRows.Embeddings(golden);
        NpyArray recorded = golden.Read("knn/indices");
        int[] indices = recorded.ToIntegers();
        float[] distances = golden.Read("knn/distances").ToSingles();
        NeighborOptions options = new() { NeighborCount = recorded.Columns };
        NeighborTable found = new NeighborSearch(options).Find(rows, ComputeOptions.Default, null, CancellationToken.None);

        int differing = 0;
        double largest = 0.0;
        double self = 0.0;
        for (int i = 0; i < indices.Length; i++)
        {
            double difference = Math.Abs(found.Distances[i] - distances[i]);
            largest = Math.Max(largest, difference);
            differing += found.Indices[i] != indices[i] && difference >= TieWidth ? 1 : 0;
            if (i % recorded.Columns == 0)
            {
                self = Math.Max(self, found.Indices[i] == i / recorded.Columns ? found.Distances[i] : double.PositiveInfinity);
            }
        }

        yield return new Measure(Stage, "indices-differing-beyond-ties", differing, 0);
        yield return new Measure(Stage, "distance-difference", largest, 1e-6);
        yield return new Measure(Stage, "self-distance", self, 0);
    }
}
