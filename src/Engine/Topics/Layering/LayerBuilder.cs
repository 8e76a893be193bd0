using TopicGrpc.Engine.Clusters.Layers;
using TopicGrpc.Engine.Topics.Grouping;

namespace TopicGrpc.Engine.Topics.Layering;

/// <summary>
/// Builds the layers of a model from the PLSCAN layers of its tree. A cluster of a finer layer becomes a part of the topic that holds most
/// of its documents; documents of other topics leave it. A topic joins the cluster of a coarser layer that holds most of its documents or,
/// if none does, the group with the nearest centroid. So every path is consistent, also after operations that moved documents.
/// </summary>
internal static class LayerBuilder
{
    /// <summary>Divisor of the model's minimum cluster size for that of the finest layer.</summary>
    private const int BaseDivisor = 3;
    private const int LeastBaseSize = 5;

    /// <summary>Returns the layers; null if the model has fewer than two topics or the tree has no other resolution.</summary>
    public static TopicLayers? Build(LayerInput input, CancellationToken cancellationToken)
    {
        if (input.Assignments.TopicCount < 2)
        {
            return null;
        }

        (ClusterLayers found, int baseSize) = Find(input, cancellationToken);
        LayerLabels labels = new(input, found, baseSize);
        LayerLevel own = new(0, input.Assignments.Topics, input.Assignments.TopicCount);
        List<LayerLevel> finer = Finer(found, own, labels, cancellationToken);
        List<LayerLevel> coarser = Coarser(found, own, labels, input, cancellationToken);
        if (finer.Count + coarser.Count == 0)
        {
            return null;
        }

        LayerLevel[] levels = [.. finer, own, .. coarser];
        LayerDescription description = new(input, levels);
        return new TopicLayers(
            baseSize,
            [.. finer.Select((level, index) => description.Layer(index, $"finer-{finer.Count - index}", level, cancellationToken))],
            [
                .. coarser.Select((level, index) =>
                    description.Layer(finer.Count + 1 + index, $"coarser-{index + 1}", level, cancellationToken)),
            ],
            description.Parents(finer.Count));
    }

    private static (ClusterLayers Layers, int BaseSize) Find(LayerInput input, CancellationToken cancellationToken)
    {
        int size = Math.Max(LeastBaseSize, input.Clusters.Options.MinClusterSize / BaseDivisor);
        while (true)
        {
            var found = ClusterLayers.Find(input.Clusters, new LayerOptions { MinClusterSize = size }, cancellationToken);
            if (found.Layers.Count == 0 || found.Layers[0].ClusterCount <= TopicLayers.MostTopics)
            {
                return (found, size);
            }

            size *= 2;
        }
    }

    private static List<LayerLevel> Finer(ClusterLayers found, LayerLevel own, LayerLabels labels, CancellationToken cancellationToken)
    {
        List<LayerLevel> finer = [];
        int count = own.Count;
        foreach (ClusterLayer layer in found.Layers.Where(layer => layer.ClusterCount > own.Count).Reverse())
        {
            int[] all = labels.Of(layer, cancellationToken);
            LayerLevel raw = new(layer.MinClusterSize, all, layer.ClusterCount);
            int[] topics = raw.MajorityOf(own.Topics);
            int[] kept = new int[all.Length];
            for (int row = 0; row < kept.Length; row++)
            {
                int label = all[row];
                kept[row] = label >= 0 && own.Topics[row] >= 0 && own.Topics[row] == topics[label] ? label : -1;
            }

            LayerLevel level = Ordered(layer.MinClusterSize, kept);
            if (level.IsFinerThan(count))
            {
                finer.Insert(0, level);
                count = level.Count;
            }
        }

        return finer;
    }

    private static List<LayerLevel> Coarser(
        ClusterLayers found, LayerLevel own, LayerLabels labels, LayerInput input, CancellationToken cancellationToken)
    {
        List<LayerLevel> coarser = [];
        LayerLevel below = own;
        GroupVectors vectors = new(input);
        ClusterLayer[] peaks = [.. found.Layers.Where(layer => layer.ClusterCount < own.Count)];

        // Without a peak of persistence above the topics, the best other resolution is better than none.
        ClusterLayer[] layers = peaks.Length == 0 && found.WithAtMost(own.Count / 2) is { } other ? [other] : peaks;
        foreach (ClusterLayer layer in layers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] groups = below.MajorityOf(labels.Of(layer, cancellationToken));
            vectors.Attach(groups, below);
            LayerLevel level = Ordered(
                layer.MinClusterSize, Array.ConvertAll(below.Topics, topic => topic < 0 ? -1 : groups[topic]));
            if (level.Count > 1 && below.IsFinerThan(level.Count))
            {
                coarser.Add(level);
                below = level;
            }
        }

        return coarser;
    }

    private static LayerLevel Ordered(int minClusterSize, int[] labels)
    {
        int[] ranks = FrequencyOrder.Rank(labels);
        return new LayerLevel(
            minClusterSize, Array.ConvertAll(labels, label => label < 0 ? -1 : ranks[label]), ranks.Count(static rank => rank >= 0));
    }
}
