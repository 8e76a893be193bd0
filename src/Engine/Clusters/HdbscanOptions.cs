namespace TopicGrpc.Engine.Clusters;

/// <summary>Settings of the cluster stage (HDBSCAN).</summary>
public sealed record HdbscanOptions
{
    /// <summary>Fewest documents that make a cluster; Python <c>min_cluster_size</c>. 2 or more. Default 10, BERTopic's <c>min_topic_size</c>.</summary>
    public int MinClusterSize { get; init; } = 10;

    /// <summary>Neighbors that define density; Python <c>min_samples</c>. 1 or more; null: as <see cref="MinClusterSize"/>. Larger gives more outliers.</summary>
    public int? MinSamples { get; init; }

    /// <summary>How clusters are chosen from the tree; Python <c>cluster_selection_method</c>. Default excess of mass.</summary>
    public ClusterSelectionMethod SelectionMethod { get; init; } = ClusterSelectionMethod.ExcessOfMass;

    /// <summary>Clusters closer than this distance are not split; Python <c>cluster_selection_epsilon</c>. 0 or more. Default 0.</summary>
    public double SelectionEpsilon { get; init; }

    /// <summary>Largest distance at which a cluster may be born; Python <c>cluster_selection_epsilon_max</c>. Default infinite.</summary>
    public double SelectionEpsilonMax { get; init; } = double.PositiveInfinity;

    /// <summary>Leaves with a persistence below this are pruned before selection; Python <c>cluster_selection_persistence</c>. 0 or more. Default 0.</summary>
    public double SelectionPersistence { get; init; }

    /// <summary>Largest cluster that excess of mass may choose; Python <c>max_cluster_size</c>. 0: no limit (default).</summary>
    public int MaxClusterSize { get; init; }

    /// <summary>Whether all documents may form one cluster; Python <c>allow_single_cluster</c>. Default false.</summary>
    public bool AllowSingleCluster { get; init; }

    /// <summary>Distance scale; Python <c>alpha</c>. Above 0. Default 1.</summary>
    public double Alpha { get; init; } = 1.0;

    /// <summary>Neighbors that define density among <paramref name="points"/> points: at most all others, at least one.</summary>
    internal int EffectiveMinSamples(int points) => Math.Max(1, Math.Min(points - 1, MinSamples ?? MinClusterSize));

    internal HdbscanOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MinClusterSize, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinSamples ?? 1, 1, nameof(MinSamples));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxClusterSize);
        Check(Enum.IsDefined(SelectionMethod), nameof(SelectionMethod), SelectionMethod, "is not a selection method");
        Check(SelectionEpsilon >= 0 && double.IsFinite(SelectionEpsilon), nameof(SelectionEpsilon), SelectionEpsilon, "must be finite and 0 or more");
        Check(SelectionEpsilonMax >= 0, nameof(SelectionEpsilonMax), SelectionEpsilonMax, "must be 0 or more");
        Check(SelectionPersistence >= 0 && double.IsFinite(SelectionPersistence), nameof(SelectionPersistence), SelectionPersistence, "must be finite and 0 or more");
        Check(Alpha > 0 && double.IsFinite(Alpha), nameof(Alpha), Alpha, "must be finite and above 0");
        return this;
    }

    private static void Check(bool holds, string name, object value, string rule)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} {rule}.");
        }
    }
}
