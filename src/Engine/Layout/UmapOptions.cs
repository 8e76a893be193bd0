using TopicGrpc.Engine.Neighbors;

namespace TopicGrpc.Engine.Layout;

/// <summary>Settings of the layout stage (UMAP).</summary>
public sealed record UmapOptions
{
    /// <summary>Neighbors per document, itself included; Python <c>n_neighbors</c>. At least 2. More gives a more global map. Default 15.</summary>
    public int NeighborCount { get; init; } = 15;

    /// <summary>Coordinates per document; Python <c>n_components</c>. 1 to 64. Default 5, as BERTopic sets it.</summary>
    public int ComponentCount { get; init; } = 5;

    /// <summary>Closest spacing in the layout; Python <c>min_dist</c>. 0 to <see cref="Spread"/>. Default 0, as BERTopic sets it; UMAP's own default is 0.1.</summary>
    public double MinDistance { get; init; }

    /// <summary>Scale of the layout; Python <c>spread</c>. Above 0. Default 1.</summary>
    public double Spread { get; init; } = 1.0;

    /// <summary>Distance between documents; Python <c>metric</c>. Default cosine.</summary>
    public DistanceMetric Metric { get; init; } = DistanceMetric.Cosine;

    /// <summary>Epochs; Python <c>n_epochs</c>. Null: 500 up to 10,000 documents, 200 above.</summary>
    public int? EpochCount { get; init; }

    /// <summary>First step size; Python <c>learning_rate</c>. Above 0. Default 1.</summary>
    public double LearningRate { get; init; } = 1.0;

    /// <summary>Random documents pushed away for each neighbor pulled; Python <c>negative_sample_rate</c>. 1 or more. Default 5.</summary>
    public int NegativeSampleRate { get; init; } = 5;

    /// <summary>Weight of the push; Python <c>repulsion_strength</c>. 0 or more. Default 1.</summary>
    public double RepulsionStrength { get; init; } = 1.0;

    /// <summary>Neighbors assumed connected; Python <c>local_connectivity</c>. 1 or more. Default 1.</summary>
    public double LocalConnectivity { get; init; } = 1.0;

    /// <summary>Union (1) to intersection (0) of the neighborhoods; Python <c>set_op_mix_ratio</c>. Default 1.</summary>
    public double SetOperationMixRatio { get; init; } = 1.0;

    /// <summary>Seed of every random choice of the stage; Python <c>random_state</c>. Default 42.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>Returns the settings after checking each against its range.</summary>
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
