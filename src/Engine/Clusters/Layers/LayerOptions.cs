using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters.Layers;

/// <summary>Settings of <see cref="ClusterLayers"/>. Python names and defaults are those of <c>PLSCAN</c> in fast_hdbscan 0.3.</summary>
public sealed record LayerOptions
{
    /// <summary>Maximum of <see cref="MaxLayers"/>.</summary>
    public const int MostLayers = 32;

    /// <summary>
    /// Minimum number of points per cluster of the finest layer; Python <c>base_min_cluster_size</c>. 2 to 1,000,000. Default 5.
    /// </summary>
    public int MinClusterSize { get; init; } = 5;

    /// <summary>Maximum number of layers, the finest included; Python <c>max_layers</c>. 1 to 32. Default 10.</summary>
    public int MaxLayers { get; init; } = 10;

    /// <summary>
    /// Largest Jaccard similarity between the clusters of two layers; a layer more similar to a more persistent one is dropped. Python
    /// <c>layer_similarity_threshold</c>. 0 to 1. Default 0.2.
    /// </summary>
    public double MaxSimilarity { get; init; } = 0.2;

    internal LayerOptions Validated()
    {
        OptionRange.Require(MinClusterSize, 2, 1_000_000);
        OptionRange.Require(MaxLayers, 1, MostLayers);
        OptionRange.Require(MaxSimilarity, 0, 1);
        return this;
    }
}
