using System.Globalization;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Detection of a fit without topics. The remedy of the warning is tried on the given layout, so it gives topics.</summary>
internal static class NoTopicsCheck
{
    private const int LeastClusterSize = 2;
    private const int LeastTopics = 2;

    /// <summary>Returns the warning, or null if there are clusters.</summary>
    public static FitWarning? Check(
        HdbscanModel clusters, TopicModelOptions options, ComputeOptions compute, CancellationToken cancellationToken)
    {
        if (clusters.ClusterCount > 0)
        {
            return null;
        }

        string found = $"No cluster of {options.Clusters.MinClusterSize} documents was found: every document is an outlier. ";
        return new FitWarning(FitWarning.NoTopics, found + Remedy(clusters, options.Clusters, compute, cancellationToken));
    }

    /// <summary>Halves the sizes until the layout has topics: first with the given min_samples, then with half of them.</summary>
    private static string Remedy(
        HdbscanModel clusters, HdbscanOptions options, ComputeOptions compute, CancellationToken cancellationToken)
    {
        Matrix points = clusters.State.Points;
        for (int samples = options.EffectiveMinSamples(points.Rows); samples >= 1; samples /= 2)
        {
            HdbscanOptions denser = options with { MinSamples = samples };
            var tree = ClusterTree.Build(points, denser, compute, cancellationToken);
            for (int size = Math.Min(options.MinClusterSize, points.Rows / LeastTopics); size >= LeastClusterSize; size /= 2)
            {
                int topics = tree.SelectLabels(denser with { MinClusterSize = size }).DefaultIfEmpty(-1).Max() + 1;
                if (topics >= LeastTopics)
                {
                    return string.Create(
                        CultureInfo.InvariantCulture,
                        $"min_cluster_size {size} and min_samples {samples} give {topics} topics on this layout.");
                }
            }
        }

        return "No smaller min_cluster_size and min_samples give topics on this layout: add documents.";
    }
}
