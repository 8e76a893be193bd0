using System.Diagnostics;
using System.Numerics.Tensors;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Stages;

/// <summary>The stages without text: neighbors, layout, clusters, and the prediction for one vector.</summary>
internal sealed class VectorRun(Matrix rows, TopicModelOptions options, NeighborMethod method, int threads)
{
    /// <summary>Rows that a measure of quality compares with all rows: 500, but fewer if that would take longer than the fit.</summary>
    private const int MostSampleRows = 500;
    private const int FewestSampleRows = 100;
    private const long MostComparisons = 50_000_000;

    private readonly ComputeOptions _compute = new() { Threads = threads };
    private readonly Dictionary<string, double> _best = [];
    private readonly Dictionary<string, double> _peaks = [];
    private readonly Dictionary<string, double> _cpu = [];
    private readonly Dictionary<string, double> _private = [];
    private double? _recall;
    private double? _preserved;

    private int SampleRows => Math.Min(rows.Rows, (int)Math.Clamp(MostComparisons / rows.Rows, FewestSampleRows, MostSampleRows));

    public StageReport Measure(int repeat, Matrix queries, CancellationToken cancellationToken)
    {
        UmapModel? layout = null;
        HdbscanModel? clusters = null;
        for (int run = 0; run < Math.Max(1, repeat); run++)
        {
            (layout, clusters) = (null, null);
            long started = Stopwatch.GetTimestamp();
            layout = Place(cancellationToken);
            Keep("umap", Stopwatch.GetElapsedTime(started).TotalSeconds);
            Matrix positions = layout.Embedding;
            clusters = Timed("clusters", () => new Hdbscan(options.Clusters).Fit(positions, _compute, null, cancellationToken));
            Keep("fit", Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        if (options.CalculateProbabilities)
        {
            Timed("membership", () => clusters!.MembershipOfTraining(_compute, cancellationToken));
        }

        int[] sizes = new int[clusters!.ClusterCount + 1];
        foreach (int label in clusters.Labels)
        {
            sizes[label + 1]++;
        }

        float[] position = new float[layout!.Embedding.Columns];
        double[] membership = new double[clusters.ClusterCount];
        return new StageReport(
            rows.Rows,
            new StageSeconds(
                _best["neighbors"],
                _best["layout"],
                _best["umap"],
                _best["clusters"],
                options.CalculateProbabilities ? _best["membership"] : null,
                null,
                _best["fit"]),
            clusters.ClusterCount,
            sizes[0],
            sizes.Length > 1 ? sizes[1..].Max() : 0,
            Percentiles.Of(queries, row =>
            {
                layout.Transform(row, position);
                clusters.Predict(position, membership);
            }),
            Percentiles.Of(queries, row => layout.Transform(row, position)),
            StagePeaks.Now(),
            _peaks)
        {
            NeighborRecall = _recall,
            LayoutPreservation = _preserved,
            PlacementAgreement = layout.Graph is null ? null : Agreement(layout, clusters, queries),
            CpuSeconds = _cpu,
            PrivateMb = _private,
            PrivateBytesPerDocument = Math.Round(_private.Values.Max() * 1e6 / rows.Rows),
        };
    }

    /// <summary>The neighbors are garbage when this method returns, before the clusters need memory.</summary>
    private UmapModel Place(CancellationToken cancellationToken)
    {
        NeighborOptions search = new()
        {
            NeighborCount = options.Layout.NeighborCount,
            Metric = options.Layout.Metric,
            Method = method,
        };
        NeighborTable neighbors = Timed("neighbors", () => new NeighborSearch(search).Find(rows, _compute, null, cancellationToken));
        _recall ??= rows.Rows > NeighborSearch.LargestExact || method == NeighborMethod.Descent
            ? NeighborRecall.Of(neighbors, rows, SampleRows, threads)
            : null;
        ReleaseScratch();
        UmapModel layout = Timed(
            "layout", () => new Umap(options.Layout).Fit(rows, neighbors, targets: null, _compute, null, cancellationToken));
        _preserved ??= Preserved(neighbors, layout.Embedding);
        ReleaseScratch();
        return layout;
    }

    /// <summary>Returns the share of the queries that get the same cluster by the graph of the layout and by an exact search.</summary>
    private static double Agreement(UmapModel layout, HdbscanModel clusters, Matrix queries)
    {
        UmapModel exact = new(layout.Options, layout.A, layout.B, layout.TrainingRows, layout.Embedding);
        float[] position = new float[layout.Embedding.Columns];
        int equal = 0;
        for (int query = 0; query < queries.Rows; query++)
        {
            layout.Transform(queries.Row(query), position);
            int found = clusters.Predict(position, []).Cluster;
            exact.Transform(queries.Row(query), position);
            equal += clusters.Predict(position, []).Cluster == found ? 1 : 0;
        }

        return Math.Round((double)equal / queries.Rows, 5);
    }

    /// <summary>Collects what the measures of quality allocated, so that it does not count as memory of the next stage.</summary>
    private static void ReleaseScratch() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    /// <summary>Returns the share of the neighbors of evenly spaced rows that are among as many nearest positions of the layout.</summary>
    private double Preserved(NeighborTable neighbors, Matrix positions)
    {
        int sample = SampleRows;
        int count = neighbors.NeighborCount - 1;
        long shared = 0;
        Parallel.For(0, sample, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            int row = (int)((long)i * rows.Rows / sample);
            float[] distances = new float[rows.Rows];
            int[] others = new int[rows.Rows];
            for (int other = 0; other < others.Length; other++)
            {
                others[other] = other;
                distances[other] = TensorPrimitives.Distance<float>(positions.Row(row), positions.Row(other));
            }

            distances[row] = float.PositiveInfinity;
            Array.Sort(distances, others);
            foreach (int neighbor in neighbors.Indices.AsSpan((row * neighbors.NeighborCount) + 1, count))
            {
                Interlocked.Add(ref shared, others.AsSpan(0, count).Contains(neighbor) ? 1 : 0);
            }
        });
        return Math.Round(shared / ((double)sample * count), 5);
    }

    private T Timed<T>(string stage, Func<T> work)
    {
        using PrivatePeak peak = new();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long started = Stopwatch.GetTimestamp();
        T result = work();
        Keep(stage, Stopwatch.GetElapsedTime(started).TotalSeconds);
        double used = Math.Round((Environment.CpuUsage.TotalTime - cpu).TotalSeconds, 3);
        _cpu[stage] = Math.Min(used, _cpu.GetValueOrDefault(stage, double.MaxValue));
        _private[stage] = Math.Max(peak.Take(), _private.GetValueOrDefault(stage));
        _peaks.TryAdd(stage, StagePeaks.Now());
        return result;
    }

    private void Keep(string name, double seconds) =>
        _best[name] = Math.Round(Math.Min(seconds, _best.GetValueOrDefault(name, double.MaxValue)), 4);
}
