using System.Diagnostics;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Stages;

/// <summary>The stages without text: neighbors, layout, clusters, and the prediction for one vector.</summary>
internal sealed class VectorRun(Matrix rows, TopicModelOptions options, NeighborMethod method, int threads)
{
    private readonly ComputeOptions _compute = new() { Threads = threads };
    private readonly Dictionary<string, double> _best = [];
    private readonly Dictionary<string, double> _peaks = [];

    public StageReport Measure(int repeat, Matrix queries, CancellationToken cancellationToken)
    {
        UmapModel? layout = null;
        HdbscanModel? clusters = null;
        for (int run = 0; run < Math.Max(1, repeat); run++)
        {
            var watch = Stopwatch.StartNew();
            NeighborOptions search = new()
            {
                NeighborCount = options.Layout.NeighborCount,
                Metric = options.Layout.Metric,
                Method = method,
            };
            NeighborTable neighbors = Timed("neighbors", () => new NeighborSearch(search).Find(rows, _compute, null, cancellationToken));
            layout = Timed("layout", () => new Umap(options.Layout).Fit(rows, neighbors, targets: null, _compute, null, cancellationToken));
            Keep("umap", watch.Elapsed.TotalSeconds);
            clusters = Timed("clusters", () => new Hdbscan(options.Clusters).Fit(layout.Embedding, _compute, null, cancellationToken));
            Keep("fit", watch.Elapsed.TotalSeconds);
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

        double? recall = method == NeighborMethod.Descent ? Recall(cancellationToken) : null;
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
            NeighborRecall = recall,
        };
    }

    /// <summary>Returns the share of the exact neighbors that the search finds.</summary>
    private double Recall(CancellationToken cancellationToken)
    {
        NeighborOptions search = new()
        {
            NeighborCount = options.Layout.NeighborCount,
            Metric = options.Layout.Metric,
            Method = NeighborMethod.Exact,
        };
        NeighborTable exact = new NeighborSearch(search).Find(rows, _compute, null, cancellationToken);
        NeighborTable found = new NeighborSearch(search with { Method = method }).Find(rows, _compute, null, cancellationToken);
        long shared = 0;
        for (int row = 0; row < rows.Rows; row++)
        {
            ReadOnlySpan<int> own = found.Indices.AsSpan((row * found.NeighborCount) + 1, found.NeighborCount - 1);
            for (int j = 1; j < exact.NeighborCount; j++)
            {
                shared += own.Contains(exact.Indices[(row * exact.NeighborCount) + j]) ? 1 : 0;
            }
        }

        return Math.Round(shared / ((double)rows.Rows * (exact.NeighborCount - 1)), 5);
    }

    private T Timed<T>(string stage, Func<T> work)
    {
        var watch = Stopwatch.StartNew();
        T result = work();
        Keep(stage, watch.Elapsed.TotalSeconds);
        _peaks.TryAdd(stage, StagePeaks.Now());
        return result;
    }

    private void Keep(string name, double seconds) =>
        _best[name] = Math.Round(Math.Min(seconds, _best.GetValueOrDefault(name, double.MaxValue)), 4);
}
