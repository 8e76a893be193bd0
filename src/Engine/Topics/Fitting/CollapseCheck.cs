using System.Globalization;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>
/// Detection of collapsed clusters: excess of mass selected a few huge clusters because one branch outlives all others, as with UMAP's
/// default min_dist 0.1. The warning lists remedies, tried on the given layout and tree.
/// </summary>
internal static class CollapseCheck
{
    private const int FewTopics = 5;
    private const int ManyDocuments = 2000;
    private const int TriedMinSamples = 5;

    public static FitWarning? Check(
        HdbscanModel clusters, TopicModelOptions options, ComputeOptions compute, CancellationToken cancellationToken)
    {
        int[] sizes = Sizes(clusters.Labels, clusters.ClusterCount);
        int clustered = sizes.Sum();
        int largest = sizes.DefaultIfEmpty(0).Max();
        if (clusters.ClusterCount == 0
            || (2L * largest <= clustered && (clusters.ClusterCount >= FewTopics || clusters.Labels.Length <= ManyDocuments)))
        {
            return null;
        }

        string cures = string.Join("; ", Cures(clusters, options, compute, cancellationToken).DefaultIfEmpty("add documents"));
        return new FitWarning(
            FitWarning.Collapse,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Clusters collapsed: {clusters.ClusterCount} found, the largest with {largest} of {clustered} clustered documents, "
                + $"because one dense branch outlives all others. Cures: {cures}."));
    }

    private static IEnumerable<string> Cures(
        HdbscanModel clusters, TopicModelOptions options, ComputeOptions compute, CancellationToken cancellationToken)
    {
        if (options.Layout.MinDistance > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"min_dist 0 instead of {options.Layout.MinDistance} (a new layout; how many topics it gives is not known before)");
        }

        int unmerged = options.Clusters.SelectionEpsilon > 0
            ? Found(clusters.SelectLabels(options.Clusters with { SelectionEpsilon = 0 }))
            : 0;
        if (unmerged > clusters.ClusterCount)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"cluster_selection_epsilon 0 gives {unmerged} topics on this tree");
        }

        int limit = Math.Max(options.Clusters.MinClusterSize, clusters.Labels.Length / 10);
        int limited = Found(clusters.SelectLabels(options.Clusters with { MaxClusterSize = limit }));
        if (limited > clusters.ClusterCount)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"max_cluster_size {limit} gives {limited} topics on this tree");
        }

        int leaves = Found(clusters.SelectLabels(options.Clusters with { SelectionMethod = ClusterSelectionMethod.Leaf }));
        if (leaves > clusters.ClusterCount)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"cluster_selection_method leaf gives {leaves} topics on this tree");
        }

        int samples = options.Clusters.MinSamples ?? options.Clusters.MinClusterSize;
        if (samples > TriedMinSamples)
        {
            HdbscanOptions denser = options.Clusters with { MinSamples = TriedMinSamples };
            int count = new Hdbscan(denser).Fit(clusters.State.Points, compute, progress: null, cancellationToken).ClusterCount;
            if (count > clusters.ClusterCount)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"min_samples {TriedMinSamples} instead of {samples} gives {count} topics on this layout");
            }
        }
    }

    private static int[] Sizes(int[] labels, int count)
    {
        int[] sizes = new int[count];
        foreach (int label in labels)
        {
            if (label >= 0)
            {
                sizes[label]++;
            }
        }

        return sizes;
    }

    private static int Found(int[] labels) => labels.DefaultIfEmpty(-1).Max() + 1;
}
