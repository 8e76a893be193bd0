using System.Text.Json;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Parity.Clusters;

/// <summary>Runs everything after the dendrogram on the recorded dendrogram, which leaves no ties: all results must be equal.</summary>
internal sealed class ClusterReplayCheck : StageCheck
{
    public override string Stage => "clusters-replay";

    public override IReadOnlyList<string> Files =>
    [
        .. GoldenClusters.Files, "hdbscan/condensed_tree_ids", "hdbscan/condensed_tree_lambda",
        "hdbscan/exemplar_counts.json", "hdbscan/query", "hdbscan/query_labels", "hdbscan/query_strengths", "hdbscan/query_membership",
    ];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        GoldenClusters expected = new(golden);
        (int[] left, int[] right, double[] distances) = GoldenClusters.Merges(golden);
        HdbscanModel model = new(
            new HdbscanState(expected.Options, expected.Points, expected.Fit().State.CoreDistances, left, right, distances));

        yield return new Measure(Stage, "condensed-rows-differing", DifferingRows(golden, model.Selection.Tree), 0);
        yield return new Measure(Stage, "labels-differing", model.Labels.Zip(expected.Labels).Count(pair => pair.First != pair.Second), 0);
        yield return new Measure(Stage, "probabilities", Largest(model.Probabilities, expected.Probabilities), 1e-12);
        yield return new Measure(Stage, "persistence", Largest(model.Persistence, expected.Persistence), 1e-9);
        yield return new Measure(Stage, "outlier-scores", Largest(model.OutlierScores, expected.OutlierScores), 1e-12);
        int[] counts = JsonSerializer.Deserialize<int[]>(golden.ReadText("hdbscan/exemplar_counts.json"))!;
        yield return new Measure(
            Stage, "exemplar-counts-differing", model.Exemplars.Rows.Zip(counts).Count(pair => pair.First.Length != pair.Second), 0);
        Matrix membership = model.MembershipOfTraining(ComputeOptions.Default, CancellationToken.None);
        yield return new Measure(
            Stage,
            "membership-training",
            membership.Values.Zip(expected.Membership).Max(pair => (double)Math.Abs(pair.First - pair.Second)),
            1e-6);
        foreach (Measure measure in Queries(golden, model))
        {
            yield return measure;
        }
    }

    private static int DifferingRows(GoldenFolder golden, CondensedTree tree)
    {
        int[] ids = golden.Read("hdbscan/condensed_tree_ids").ToIntegers();
        double[] lambdas = golden.Read("hdbscan/condensed_tree_lambda").ToDoubles();
        int points = tree.PointCount;
        int differing = Math.Abs(lambdas.Length - points - (tree.ClusterCount - 1));
        for (int row = 0; row < lambdas.Length; row++)
        {
            int parent = ids[3 * row] - points;
            int child = ids[(3 * row) + 1];
            int size = ids[(3 * row) + 2];
            bool isPoint = child < points;
            int ourParent = isPoint ? tree.PointCluster[child] : tree.Parents[child - points];
            double ourLambda = isPoint ? tree.PointLambda[child] : tree.Births[child - points];
            int ourSize = isPoint ? 1 : tree.Sizes[child - points];
            differing += ourParent != parent || ourSize != size || Math.Abs(ourLambda - lambdas[row]) > 1e-12 * lambdas[row] ? 1 : 0;
        }

        return differing;
    }

    private static IEnumerable<Measure> Queries(GoldenFolder golden, HdbscanModel model)
    {
        NpyArray points = golden.Read("hdbscan/query");
        double[] query = points.ToDoubles();
        int[] labels = golden.Read("hdbscan/query_labels").ToIntegers();
        double[] strengths = golden.Read("hdbscan/query_strengths").ToDoubles();
        double[] memberships = golden.Read("hdbscan/query_membership").ToDoubles();
        double[] row = new double[model.ClusterCount];
        int differing = 0;
        double strength = 0;
        double membership = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            ClusterAssignment assignment = model.Predict(query.AsSpan(i * points.Columns, points.Columns), row);
            differing += assignment.Cluster == labels[i] ? 0 : 1;
            strength = Math.Max(strength, Math.Abs(assignment.Strength - strengths[i]));
            membership = Math.Max(membership, Largest(row, memberships.AsSpan(i * row.Length, row.Length)));
        }

        yield return new Measure("clusters-replay", "query-labels-differing", differing, 0);
        yield return new Measure("clusters-replay", "query-strengths", strength, 1e-9);
        yield return new Measure("clusters-replay", "query-membership", membership, 1e-6);
    }

    private static double Largest(ReadOnlySpan<double> values, ReadOnlySpan<double> expected)
    {
        double largest = values.Length == expected.Length ? 0 : double.PositiveInfinity;
        for (int i = 0; i < values.Length && i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(values[i] - expected[i]));
        }

        return largest;
    }
}
