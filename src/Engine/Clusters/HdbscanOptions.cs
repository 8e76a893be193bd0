using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>Settings of the cluster stage (HDBSCAN). Python names are those of hdbscan.</summary>
public sealed record HdbscanOptions
{
    /// <summary>Defaults of the hdbscan library itself, which differ from BERTopic's in the cluster size.</summary>
    public static HdbscanOptions LibraryDefaults { get; } = new() { MinClusterSize = 5 };

    /// <summary>
    /// Minimum number of documents per cluster; Python <c>min_cluster_size</c>. 2 to 1,000,000. Default 10, BERTopic's
    /// <c>min_topic_size</c>.
    /// </summary>
    public int MinClusterSize { get; init; } = 10;

    /// <summary>
    /// Number of neighbors for the density estimate; Python <c>min_samples</c>. 1 to 1,000,000. Larger values give more
    /// outliers. Default null: <see cref="MinClusterSize"/>.
    /// </summary>
    public int? MinSamples { get; init; }

    /// <summary>Selection of clusters from the tree; Python <c>cluster_selection_method</c>. Default excess of mass.</summary>
    public ClusterSelectionMethod SelectionMethod { get; init; } = ClusterSelectionMethod.ExcessOfMass;

    /// <summary>Clusters closer than this distance are not split; Python <c>cluster_selection_epsilon</c>. 0 or more. Default 0.</summary>
    public double SelectionEpsilon { get; init; }

    /// <summary>
    /// Maximum distance at which a cluster can be born; Python <c>cluster_selection_epsilon_max</c>. 0 or more. Default
    /// infinite.
    /// </summary>
    public double SelectionEpsilonMax { get; init; } = double.PositiveInfinity;

    /// <summary>
    /// Leaves with a smaller persistence are pruned before the selection; Python <c>cluster_selection_persistence</c>. 0 or
    /// more. Default 0.
    /// </summary>
    public double SelectionPersistence { get; init; }

    /// <summary>
    /// Maximum size of a cluster for excess of mass; Python <c>max_cluster_size</c>. 0 or more; 0 is no limit. Default 0.
    /// </summary>
    public int MaxClusterSize { get; init; }

    /// <summary>True if all documents may form a single cluster; Python <c>allow_single_cluster</c>. Default false.</summary>
    public bool AllowSingleCluster { get; init; }

    /// <summary>Scale of the distances; Python <c>alpha</c>. 0.001 to 1000. Default 1.</summary>
    public double Alpha { get; init; } = 1.0;

    /// <summary>
    /// Returns the number of neighbors for the density estimate of <paramref name="points"/> points: min_samples, clamped
    /// to 1 … points − 1.
    /// </summary>
    internal int EffectiveMinSamples(int points) => Math.Max(1, Math.Min(points - 1, MinSamples ?? MinClusterSize));

    internal HdbscanOptions Validated()
    {
        OptionRange.Require(MinClusterSize, 2, 1_000_000);
        OptionRange.Require(MinSamples ?? 1, 1, 1_000_000, nameof(MinSamples));
        OptionRange.Require(MaxClusterSize, 0, int.MaxValue);
        OptionRange.Require(SelectionEpsilon, 0, double.MaxValue);
        OptionRange.Require(SelectionEpsilonMax, 0, double.PositiveInfinity);
        OptionRange.Require(SelectionPersistence, 0, double.MaxValue);
        OptionRange.Require(Alpha, 0.001, 1000);
        if (!Enum.IsDefined(SelectionMethod))
        {
            throw new ArgumentOutOfRangeException(
                nameof(SelectionMethod), SelectionMethod, $"{nameof(SelectionMethod)} is not a selection method.");
        }

        return this;
    }
}
