using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Clusters.Layers;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Comparison;

namespace TopicGrpc.Parity.Clusters;

/// <summary>
/// Runs PLSCAN on the recorded layout. With few neighbors many edges have one weight, and fast_hdbscan sorts them unstably, so each
/// limit is the worst result of random orders of equal edges against the same recording.
/// </summary>
internal sealed class LayersCheck : StageCheck
{
    /// <summary>Agreement at which layers count as equal, ties aside.</summary>
    private const double Equal = 0.999;

    public override string Stage => "layers";

    public override IReadOnlyList<string> Files => RecordedLayers.Files;

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        RecordedLayers expected = new(golden);
        HdbscanModel model = new Hdbscan(expected.Clusters).Fit(expected.Points, ComputeOptions.Default, null, CancellationToken.None);
        HdbscanModel[] shuffled = [.. ShuffledTies.Models(model, expected.Clusters)];
        Comparison ours = new(expected, model);
        Comparison[] others = Array.ConvertAll(shuffled, other => new Comparison(expected, other));

        // At the recorded size, the clusters of each layer.
        for (int layer = 0; layer < expected.Layers.Count; layer++)
        {
            int at = layer;
            double lowest = others.Min(other => other.Agreements[at]);
            yield return new Measure(
                Stage,
                $"size-{expected.Layers[layer].MinClusterSize}-ari",
                ours.Agreements[layer],
                Math.Min(Equal, lowest),
                AtLeast: true);
        }

        // The choice of the sizes.
        yield return new Measure(
            Stage,
            "layers-found",
            ours.LayersFound,
            Math.Min(expected.Layers.Count, others.Min(other => other.LayersFound)),
            AtLeast: true);
        yield return new Measure(
            Stage, "layer-count-difference", ours.CountDifference, others.Max(other => other.CountDifference));
        yield return new Measure(
            Stage,
            "persistence-mean-relative",
            ours.PersistenceDifference,
            Math.Max(1e-5, others.Max(other => other.PersistenceDifference)));
        yield return new Measure(Stage, "strengths-differing-share", ours.StrengthShare, others.Max(other => other.StrengthShare));
        yield return new Measure(Stage, "strengths-median", ours.StrengthMedian, 1e-6);
    }

    /// <summary>Differences between a model's layers and the recorded ones.</summary>
    private sealed class Comparison
    {
        public Comparison(RecordedLayers expected, HdbscanModel model)
        {
            var found = ClusterLayers.Find(model, expected.Options, CancellationToken.None);
            CountDifference = Math.Abs(found.Layers.Count - expected.Layers.Count);
            Agreements = new double[expected.Layers.Count];
            List<double> strengths = [];
            for (int layer = 0; layer < Agreements.Length; layer++)
            {
                RecordedLayer recorded = expected.Layers[layer];
                ClusterLayer same = ClusterLayers.Cut(
                    model, expected.Options.MinClusterSize, recorded.MinClusterSize, CancellationToken.None);
                Agreements[layer] = AdjustedRandIndex.Compute(same.Labels, recorded.Labels);
                LayersFound += found.Layers.Any(ours => AdjustedRandIndex.Compute(ours.Labels, recorded.Labels) >= Equal - 0.01) ? 1 : 0;
                strengths.AddRange(Strengths(same, recorded));
            }

            double[] sorted = [.. strengths.Order()];
            StrengthMedian = sorted[sorted.Length / 2];
            StrengthShare = sorted.Count(difference => difference > 1e-6) / (double)sorted.Length;
            for (int i = 0; i < expected.Sizes.Length; i++)
            {
                int at = Array.IndexOf(found.MinClusterSizes, expected.Sizes[i]);
                if (at >= 0 && expected.Totals[i] > 0)
                {
                    PersistenceDifference +=
                        Math.Abs(found.TotalPersistence[at] - expected.Totals[i]) / (expected.Totals[i] * expected.Sizes.Length);
                }
            }
        }

        public double[] Agreements { get; }

        public int LayersFound { get; }

        public int CountDifference { get; }

        public double PersistenceDifference { get; }

        public double StrengthShare { get; }

        public double StrengthMedian { get; }

        private static IEnumerable<double> Strengths(ClusterLayer ours, RecordedLayer recorded)
        {
            Dictionary<int, int> match = Partitions.Match(ours.Labels, recorded.Labels);
            for (int i = 0; i < ours.Labels.Length; i++)
            {
                if (recorded.Labels[i] >= 0 && match.GetValueOrDefault(ours.Labels[i], int.MinValue) == recorded.Labels[i])
                {
                    yield return Math.Abs(ours.Strengths[i] - recorded.Strengths[i]);
                }
            }
        }
    }
}
