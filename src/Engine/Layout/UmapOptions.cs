using TopicGrpc.Engine.Neighbors;

namespace TopicGrpc.Engine.Layout;

/// <summary>Settings of the layout stage (UMAP). Python names are those of umap-learn.</summary>
public sealed record UmapOptions
{
    /// <summary>
    /// Neighbors per document, including the document itself; Python <c>n_neighbors</c>. At least 2. Larger values preserve
    /// more global structure. Default 15.
    /// </summary>
    public int NeighborCount { get; init; } = 15;

    /// <summary>Dimensions of the layout; Python <c>n_components</c>. 1 to 64. Default 5, as in BERTopic.</summary>
    public int ComponentCount { get; init; } = 5;

    /// <summary>
    /// Minimum distance in the layout; Python <c>min_dist</c>. 0 to <see cref="Spread"/>. Default 0, as in BERTopic;
    /// umap-learn's default is 0.1.
    /// </summary>
    public double MinDistance { get; init; }

    /// <summary>Scale of the layout; Python <c>spread</c>. Above 0. Default 1.</summary>
    public double Spread { get; init; } = 1.0;

    /// <summary>Distance metric of the vectors; Python <c>metric</c>. Default cosine.</summary>
    public DistanceMetric Metric { get; init; } = DistanceMetric.Cosine;

    /// <summary>Epochs; Python <c>n_epochs</c>. 1 or more. Default null: 500 for up to 10,000 documents, 200 above.</summary>
    public int? EpochCount { get; init; }

    /// <summary>Initial learning rate; Python <c>learning_rate</c>. Above 0. Default 1.</summary>
    public double LearningRate { get; init; } = 1.0;

    /// <summary>Negative samples per positive sample; Python <c>negative_sample_rate</c>. 1 or more. Default 5.</summary>
    public int NegativeSampleRate { get; init; } = 5;

    /// <summary>Weight of the repulsion; Python <c>repulsion_strength</c>. 0 or more. Default 1.</summary>
    public double RepulsionStrength { get; init; } = 1.0;

    /// <summary>Number of neighbors assumed to be connected; Python <c>local_connectivity</c>. 1 or more. Default 1.</summary>
    public double LocalConnectivity { get; init; } = 1.0;

    /// <summary>Interpolation between fuzzy intersection (0) and fuzzy union (1); Python <c>set_op_mix_ratio</c>. Default 1.</summary>
    public double SetOperationMixRatio { get; init; } = 1.0;

    /// <summary>Random seed of the stage; Python <c>random_state</c>. Default 42.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>Returns these settings, or throws if one is out of range.</summary>
    internal UmapOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(NeighborCount, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(ComponentCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ComponentCount, 64);
        RequireFinite(Spread, nameof(Spread));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Spread);
        RequireFinite(MinDistance, nameof(MinDistance));
        ArgumentOutOfRangeException.ThrowIfNegative(MinDistance);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MinDistance, Spread);
        ArgumentOutOfRangeException.ThrowIfLessThan(EpochCount ?? 1, 1, nameof(EpochCount));
        RequireFinite(LearningRate, nameof(LearningRate));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LearningRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(NegativeSampleRate, 1);
        RequireFinite(RepulsionStrength, nameof(RepulsionStrength));
        ArgumentOutOfRangeException.ThrowIfNegative(RepulsionStrength);
        RequireFinite(LocalConnectivity, nameof(LocalConnectivity));
        ArgumentOutOfRangeException.ThrowIfLessThan(LocalConnectivity, 1.0);
        RequireFinite(SetOperationMixRatio, nameof(SetOperationMixRatio));
        ArgumentOutOfRangeException.ThrowIfNegative(SetOperationMixRatio);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SetOperationMixRatio, 1.0);
        return this;
    }

    private static void RequireFinite(double value, string name)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number.");
        }
    }
}
