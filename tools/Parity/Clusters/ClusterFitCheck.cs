using TopicGrpc.Engine.Clusters;

namespace TopicGrpc.Parity.Clusters;

/// <summary>
/// Runs the whole cluster stage on the recorded layout. Merges of equal distance can have any order: NumPy's unstable sort decides in the
/// reference. Both dendrograms must therefore have the same groups at every distance, and with the recorded order all results must be
/// equal. Then every difference comes from the order of ties, also where it decides whether a cluster splits.
/// </summary>
internal sealed class ClusterFitCheck : StageCheck
{
    public override string Stage => "clusters";

    public override IReadOnlyList<string> Files => GoldenClusters.Files;

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        GoldenClusters expected = new(golden);
        HdbscanModel model = expected.Fit();

        yield return new Measure(
            Stage,
            "tree-weights-relative",
            Largest(expected.Weights.Length, i => Math.Abs(model.State.MergeDistances[i] - expected.Weights[i]) / expected.Weights[i]),
            1e-12);

        (int[] left, int[] right, _) = GoldenClusters.Merges(golden);
        HdbscanState state = model.State;
        yield return new Measure(
            Stage,
            "tree-heights-with-other-groups",
            DendrogramTies.DifferingHeights((state.MergeLeft, state.MergeRight), (left, right), state.MergeDistances),
            0);
        HdbscanModel reordered = new(state with { MergeLeft = left, MergeRight = right });
        yield return new Measure(
            Stage, "labels-differing-without-tie", reordered.Labels.Zip(expected.Labels).Count(pair => pair.First != pair.Second), 0);
        yield return new Measure(
            Stage,
            "probabilities-ties-as-recorded",
            Largest(expected.Labels.Length, i => Math.Abs(reordered.Probabilities[i] - expected.Probabilities[i])),
            1e-9);
        yield return new Measure(
            Stage,
            "outlier-scores-ties-as-recorded",
            Largest(expected.Labels.Length, i => Math.Abs(reordered.OutlierScores[i] - expected.OutlierScores[i])),
            1e-9);
    }

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
