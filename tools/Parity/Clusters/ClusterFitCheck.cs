using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Topics.Comparison;

namespace TopicGrpc.Parity.Clusters;

/// <summary>
/// Runs the whole cluster stage on the recorded layout. Ties between edges can resolve differently, so labels are matched
/// first.
/// </summary>
internal sealed class ClusterFitCheck : StageCheck
{
    public override string Stage => "clusters";

    public override IReadOnlyList<string> Files => GoldenClusters.Files;

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        GoldenClusters expected = new(golden);
        HdbscanModel model = expected.Fit();
        ClusterDifferences differences = new(model, model.Labels, expected.Labels);

        yield return new Measure(
            Stage,
            "tree-weights-relative",
            Largest(expected.Weights.Length, i => Math.Abs(model.State.MergeDistances[i] - expected.Weights[i]) / expected.Weights[i]),
            1e-12);

        // The dendrograms are equal up to the order of equal heights; with the recorded order, the labels must be equal.
        (int[] left, int[] right, _) = GoldenClusters.Merges(golden);
        HdbscanState state = model.State;
        yield return new Measure(
            Stage,
            "tree-heights-with-other-groups",
            DendrogramTies.DifferingHeights((state.MergeLeft, state.MergeRight), (left, right), state.MergeDistances),
            0);
        HdbscanModel reordered = new(state with { MergeLeft = left, MergeRight = right });
        yield return new Measure(
            Stage, "labels-ari-ties-as-recorded", AdjustedRandIndex.Compute(reordered.Labels, expected.Labels), 0.999, AtLeast: true);

        // With the engine's order: agreement not worse than for a random order, and every difference explained by a tie.
        double lowest = ShuffledTies.LowestAgreement(expected.Points, expected.Options, expected.Labels);
        yield return new Measure(
            Stage,
            "labels-ari-ties-by-row",
            AdjustedRandIndex.Compute(model.Labels, expected.Labels),
            Math.Min(0.999, lowest),
            AtLeast: true);
        yield return new Measure(Stage, "labels-differing-without-tie", differences.Unexplained, 0);
        yield return new Measure(
            Stage,
            "probabilities",
            LargestAgreed(differences, model.Labels.Length, i => Math.Abs(model.Probabilities[i] - expected.Probabilities[i])),
            1e-9);
        yield return new Measure(
            Stage,
            "outlier-scores",
            LargestAgreed(
                differences,
                model.Labels.Length,
                i => ClusterDifferences.IsTied(model, i) ? 0 : Math.Abs(model.OutlierScores[i] - expected.OutlierScores[i])),
            1e-9);
    }

    private static double LargestAgreed(ClusterDifferences differences, int count, Func<int, double> difference) =>
        Largest(count, i => differences.Agrees(i) ? difference(i) : 0);

    private static double Largest(int count, Func<int, double> difference)
    {
        double largest = 0;
        for (int i = 0; i < count; i++)
        {
            largest = Math.Max(largest, difference(i));
        }

        return largest;
    }
}
