namespace TopicGrpc.Client.Fits;

/// <summary>Settings of the clusters; HDBSCAN. What is null takes the server's default.</summary>
public sealed record HdbscanSettings
{
    /// <summary>Fewest documents that make a cluster; Python <c>min_cluster_size</c>. 2 or more. Server's default: <see cref="FitSettings.MinTopicSize"/>.</summary>
    public int? MinClusterSize { get; init; }

    /// <summary>Neighbors that define density; Python <c>min_samples</c>. 1 or more. Server's default: as the cluster size.</summary>
    public int? MinSamples { get; init; }

    /// <summary>Distance in the layout; Python <c>metric</c>. Only <c>euclidean</c>.</summary>
    public string? Metric { get; init; }

    /// <summary>How clusters are chosen; Python <c>cluster_selection_method</c>. Server's default excess of mass.</summary>
    public ClusterSelectionMethod? SelectionMethod { get; init; }

    /// <summary>Clusters closer than this are not split; Python <c>cluster_selection_epsilon</c>. 0 or more. Server's default 0.</summary>
    public double? SelectionEpsilon { get; init; }

    /// <summary>Largest cluster that excess of mass may choose; Python <c>max_cluster_size</c>. 0: no limit. Server's default 0.</summary>
    public int? MaxClusterSize { get; init; }

    /// <summary>Whether all documents may form one cluster; Python <c>allow_single_cluster</c>. Server's default false.</summary>
    public bool? AllowSingleCluster { get; init; }

    /// <summary>Distance scale; Python <c>alpha</c>. Above 0. Server's default 1.</summary>
    public double? Alpha { get; init; }
}
