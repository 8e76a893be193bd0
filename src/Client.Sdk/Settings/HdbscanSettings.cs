using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>Settings of HDBSCAN; Python <c>HDBSCAN(…)</c>. Null means the default of the hdbscan library.</summary>
public sealed record HdbscanSettings
{
    /// <summary>Smallest cluster, 2 or more documents; Python <c>min_cluster_size</c>. Default 5.</summary>
    [JsonPropertyName("min_cluster_size")]
    public int? MinClusterSize { get; init; }

    /// <summary>Neighbors that define density; Python <c>min_samples</c>. 1 or more. Default: as <see cref="MinClusterSize"/>.</summary>
    [JsonPropertyName("min_samples")]
    public int? MinSamples { get; init; }

    /// <summary>Cluster selection, <c>eom</c> or <c>leaf</c>; Python <c>cluster_selection_method</c>. Default <c>eom</c>.</summary>
    [JsonPropertyName("cluster_selection_method")]
    public string? SelectionMethod { get; init; }

    /// <summary>Largest cluster that <c>eom</c> may choose; Python <c>max_cluster_size</c>. Default 0: no limit.</summary>
    [JsonPropertyName("max_cluster_size")]
    public int? MaxClusterSize { get; init; }

    /// <summary>Distance in the layout; Python <c>metric</c>. Only <c>euclidean</c>, the default.</summary>
    [JsonPropertyName("metric")]
    public string? Metric { get; init; }

    /// <summary>Accepted for compatibility, without effect: a version can always predict; Python <c>prediction_data</c>.</summary>
    [JsonPropertyName("prediction_data")]
    public bool? PredictionData { get; init; }

    /// <summary>Clusters closer than this are not split; Python <c>cluster_selection_epsilon</c>. 0 or more. Default 0.</summary>
    [JsonPropertyName("cluster_selection_epsilon")]
    public double? SelectionEpsilon { get; init; }

    /// <summary>
    /// Clusters above this distance are not selected; Python <c>cluster_selection_epsilon_max</c>. 0 or more. Default: no limit.
    /// </summary>
    [JsonPropertyName("cluster_selection_epsilon_max")]
    public double? SelectionEpsilonMax { get; init; }

    /// <summary>
    /// Leaves with a smaller persistence are pruned first; Python <c>cluster_selection_persistence</c>. 0 or more. Default 0.
    /// </summary>
    [JsonPropertyName("cluster_selection_persistence")]
    public double? SelectionPersistence { get; init; }

    /// <summary>Whether all documents may form one cluster; Python <c>allow_single_cluster</c>. Default false.</summary>
    [JsonPropertyName("allow_single_cluster")]
    public bool? AllowSingleCluster { get; init; }

    /// <summary>Distance scale; Python <c>alpha</c>. Above 0. Default 1.</summary>
    [JsonPropertyName("alpha")]
    public double? Alpha { get; init; }
}
