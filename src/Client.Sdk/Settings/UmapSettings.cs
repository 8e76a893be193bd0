using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>Settings of UMAP; Python <c>UMAP(…)</c>. Null means the default of the umap library.</summary>
public sealed record UmapSettings
{
    /// <summary>Neighbors per document; Python <c>n_neighbors</c>. 2 to 200. Default 15.</summary>
    [JsonPropertyName("n_neighbors")]
    public int? NeighborCount { get; init; }

    /// <summary>Dimensions of the layout, 1 to 64; Python <c>n_components</c>. Default 2.</summary>
    [JsonPropertyName("n_components")]
    public int? ComponentCount { get; init; }

    /// <summary>Smallest distance in the layout; Python <c>min_dist</c>. 0 to <see cref="Spread"/>. Default 0.1.</summary>
    [JsonPropertyName("min_dist")]
    public double? MinDistance { get; init; }

    /// <summary>Scale of the layout; Python <c>spread</c>. Above 0. Default 1.</summary>
    [JsonPropertyName("spread")]
    public double? Spread { get; init; }

    /// <summary>Distance between documents, <c>cosine</c> or <c>euclidean</c>; Python <c>metric</c>. Default euclidean.</summary>
    [JsonPropertyName("metric")]
    public string? Metric { get; init; }

    /// <summary>Accepted for compatibility, without effect; Python <c>low_memory</c>.</summary>
    [JsonPropertyName("low_memory")]
    public bool? LowMemory { get; init; }

    /// <summary>Epochs; Python <c>n_epochs</c>. Default 500 up to 10,000 documents, 200 above.</summary>
    [JsonPropertyName("n_epochs")]
    public int? EpochCount { get; init; }

    /// <summary>First step size; Python <c>learning_rate</c>. Above 0. Default 1.</summary>
    [JsonPropertyName("learning_rate")]
    public double? LearningRate { get; init; }

    /// <summary>Negative samples per positive sample; Python <c>negative_sample_rate</c>. 1 to 100. Default 5.</summary>
    [JsonPropertyName("negative_sample_rate")]
    public int? NegativeSampleRate { get; init; }

    /// <summary>Weight of negative samples; Python <c>repulsion_strength</c>. 0 or more. Default 1.</summary>
    [JsonPropertyName("repulsion_strength")]
    public double? RepulsionStrength { get; init; }

    /// <summary>Neighbors assumed to be connected; Python <c>local_connectivity</c>. 1 or more. Default 1.</summary>
    [JsonPropertyName("local_connectivity")]
    public double? LocalConnectivity { get; init; }

    /// <summary>Mix of fuzzy union (1) and intersection (0); Python <c>set_op_mix_ratio</c>. Default 1.</summary>
    [JsonPropertyName("set_op_mix_ratio")]
    public double? SetOperationMixRatio { get; init; }
}
