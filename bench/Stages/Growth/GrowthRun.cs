using System.Diagnostics;
using System.Globalization;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Comparison;
using TopicGrpc.Engine.Topics.Estimation;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Stages.Growth;

/// <summary>
/// Measures the stages on vectors: neighbors, layout with the check layouts of automatic settings, clusters with the choice of their size.
/// </summary>
internal sealed class GrowthRun(Matrix rows, int[] planted, int threads)
{
    private const int SampleRows = 100;

    private readonly ComputeOptions _compute = new() { Threads = threads };
    private readonly List<GrowthStage> _stages = [];
    private double _before;
    private double _recall;
    private FitEstimate? _estimate;

    public GrowthReport Measure(TopicModelOptions given, CancellationToken cancellationToken)
    {
        ReleaseScratch();
        _before = PrivatePeak.Now();
        bool isAutomatic = given.Automatic != AutomaticChoices.None;
        _estimate = FitEstimator.Estimate(new FitWorkload(rows.Rows, TextBytes: 0, rows.Columns, given, threads) { Embeds = false });
        AutomaticFit automatic = new(given, rows.Rows);
        int[] labels = Cluster(automatic, cancellationToken);
        int[] sizes = new int[labels.Max() + 2];
        foreach (int label in labels)
        {
            sizes[label + 1]++;
        }

        return new GrowthReport(rows.Rows, isAutomatic ? "auto" : "bertopic", _stages)
        {
            Recall = _recall,
            Agreement = Math.Round(PartitionAgreement.AdjustedMutualInformation(labels, planted), 4),
            Clusters = sizes.Length - 1,
            Outliers = sizes[0],
            Load = Load(),
        };
    }

    private int[] Cluster(AutomaticFit automatic, CancellationToken cancellationToken)
    {
        TopicModelOptions options = automatic.Options;
        (UmapModel layout, Matrix[] checks) = Place(options, automatic.Checks(options), cancellationToken);
        return Timed(FitStage.Clusters, () =>
        {
            HdbscanModel clusters = new Hdbscan(options.Clusters).Fit(layout.Embedding, _compute, null, cancellationToken);
            return automatic.Choose(clusters, options, repeats: null, checks, _compute, cancellationToken) is { } choice
                ? clusters.Reselected(choice.Options).Labels
                : clusters.Labels;
        });
    }

    /// <summary>The neighbors are garbage when this method returns, before the clusters need memory.</summary>
    private (UmapModel Layout, Matrix[] Checks) Place(
        TopicModelOptions options, IReadOnlyList<UmapOptions> checks, CancellationToken cancellationToken)
    {
        NeighborOptions search = new() { NeighborCount = options.Layout.NeighborCount, Metric = options.Layout.Metric };
        NeighborTable neighbors = Timed(
            FitStage.Neighbors, () => new NeighborSearch(search).Find(rows, _compute, null, cancellationToken));
        _recall = NeighborRecall.Of(neighbors, rows, Math.Min(SampleRows, rows.Rows), threads);
        ReleaseScratch();
        return Timed(
            FitStage.Layout,
            () => new Umap(options.Layout).Fit(rows, neighbors, targets: null, checks, _compute, null, cancellationToken));
    }

    private T Timed<T>(FitStage stage, Func<T> work)
    {
        using PrivatePeak peak = new();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long started = Stopwatch.GetTimestamp();
        T result = work();
        double seconds = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 3);
        double used = Math.Round((Environment.CpuUsage.TotalTime - cpu).TotalSeconds, 3);
        StageEstimate expected = _estimate!.Stages.First(candidate => candidate.Stage == stage);
        _stages.Add(new GrowthStage(
            stage,
            seconds,
            used,
            Math.Round(peak.Take() - _before, 1),
            Math.Round(expected.Seconds, 3),
            Math.Round(expected.PeakBytes / 1e6, 1)));
        return result;
    }

    /// <summary>Collects what a measure of quality allocated, so that it does not count as memory of the next stage.</summary>
    private static void ReleaseScratch() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    private static double? Load() => File.Exists("/proc/loadavg")
        ? double.Parse(File.ReadAllText("/proc/loadavg").AsSpan().TrimStart()[..4], CultureInfo.InvariantCulture)
        : null;
}
