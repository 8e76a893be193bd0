using System.Text.Json;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Parity.Layout;

/// <summary>Checks local scales, graph and curve constants on the recorded neighbors.</summary>
internal sealed class FuzzyGraphCheck : StageCheck
{
    public override string Stage => "graph";

    public override IReadOnlyList<string> Files =>
        [
            "knn/indices", "knn/distances", "umap/rho", "umap/sigma", "umap/graph_indptr", "umap/graph_indices", "umap/graph_values",
            "umap/parameters.json",
        ];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        NeighborTable neighbors = RecordedRows.Neighbors(golden);
        (float[] rho, float[] sigma) = LocalScale.Of(neighbors, 1.0, Environment.ProcessorCount, CancellationToken.None);
        yield return new Measure(Stage, "rho-relative-difference", RelativeDifference(rho, golden.Read("umap/rho").ToSingles()), 1e-5);
        yield return new Measure(
            Stage, "sigma-relative-difference", RelativeDifference(sigma, golden.Read("umap/sigma").ToSingles()), 1e-5);

        CsrMatrix<float> graph = new Umap(new UmapOptions()).Graph(neighbors, null, Environment.ProcessorCount, CancellationToken.None);
        int[] starts = golden.Read("umap/graph_indptr").ToIntegers();
        int[] columns = golden.Read("umap/graph_indices").ToIntegers();
        float[] values = golden.Read("umap/graph_values").ToSingles();
        bool samePattern = graph.RowStarts.AsSpan().SequenceEqual(starts) && graph.ColumnIndices.AsSpan().SequenceEqual(columns);
        yield return new Measure(Stage, "pattern-equal", samePattern ? 1 : 0, 1, AtLeast: true);
        if (samePattern)
        {
            double largest = 0.0;
            for (int i = 0; i < values.Length; i++)
            {
                largest = Math.Max(largest, Math.Abs(values[i] - graph.Values[i]));
            }

            yield return new Measure(Stage, "value-difference", largest, 1e-5);
        }

        using var parameters = JsonDocument.Parse(golden.ReadText("umap/parameters.json"));
        double Recorded(string name) => parameters.RootElement.GetProperty(name).GetDouble();
        (double a, double b) = CurveFit.Fit(1.0, Recorded("min_dist"));
        yield return new Measure("curve", "a-difference", Math.Abs(a - Recorded("a")), 1e-6);
        yield return new Measure("curve", "b-difference", Math.Abs(b - Recorded("b")), 1e-6);
        (a, b) = CurveFit.Fit(1.0, 0.1);
        yield return new Measure("curve", "a-difference-min-dist-0.1", Math.Abs(a - Recorded("a_min_dist_0_1")), 1e-6);
        yield return new Measure("curve", "b-difference-min-dist-0.1", Math.Abs(b - Recorded("b_min_dist_0_1")), 1e-6);
    }

    private static double RelativeDifference(float[] found, float[] recorded)
    {
        double largest = 0.0;
        for (int i = 0; i < found.Length; i++)
        {
            double difference = Math.Abs((double)found[i] - recorded[i]);
            largest = Math.Max(largest, difference == 0.0 ? 0.0 : difference / Math.Abs(recorded[i]));
        }

        return largest;
    }
}
