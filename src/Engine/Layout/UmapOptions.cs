using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>Settings of the layout stage (UMAP). Python names are those of umap-learn.</summary>
public sealed record UmapOptions
{
    /// <summary>Defaults of umap-learn itself, which differ from BERTopic's in dimensions, minimum distance and metric.</summary>
    public static UmapOptions LibraryDefaults { get; } = new() { ComponentCount = 2, MinDistance = 0.1, Metric = DistanceMetric.Euclidean };

    /// <summary>Largest <see cref="NeighborCount"/>.</summary>
    internal const int MostNeighbors = 200;

    /// <summary>
    /// Neighbors per document, including the document itself; Python <c>n_neighbors</c>. 2 to 200. Larger values preserve
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

    /// <summary>Scale of the layout; Python <c>spread</c>. 0.001 to 1000. Default 1.</summary>
    public double Spread { get; init; } = 1.0;

    /// <summary>Distance metric of the vectors; Python <c>metric</c>. Default cosine.</summary>
    public DistanceMetric Metric { get; init; } = DistanceMetric.Cosine;

    /// <summary>Epochs; Python <c>n_epochs</c>. 1 to 100,000. Default null: 500 for up to 10,000 documents, 200 above.</summary>
    public int? EpochCount { get; init; }

    /// <summary>Initial learning rate; Python <c>learning_rate</c>. Above 0, up to 1000. Default 1.</summary>
    public double LearningRate { get; init; } = 1.0;

    /// <summary>Negative samples per positive sample; Python <c>negative_sample_rate</c>. 1 to 100. Default 5.</summary>
    public int NegativeSampleRate { get; init; } = 5;

    /// <summary>Weight of the repulsion; Python <c>repulsion_strength</c>. 0 to 1000. Default 1.</summary>
    public double RepulsionStrength { get; init; } = 1.0;

    /// <summary>Number of neighbors assumed to be connected; Python <c>local_connectivity</c>. 1 to 200. Default 1.</summary>
    public double LocalConnectivity { get; init; } = 1.0;

    /// <summary>
    /// Interpolation between fuzzy intersection (0) and fuzzy union (1); Python <c>set_op_mix_ratio</c>. 0 to 1. Default 1.
    /// </summary>
    public double SetOperationMixRatio { get; init; } = 1.0;

    /// <summary>Random seed of the stage; Python <c>random_state</c>. Default 42.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>Returns these settings, or throws if one is out of range.</summary>
    internal UmapOptions Validated()
    {
        OptionRange.Require(NeighborCount, 2, MostNeighbors);
        OptionRange.Require(ComponentCount, 1, 64);
        OptionRange.Require(Spread, 0.001, 1000);
        OptionRange.Require(MinDistance, 0, Spread);
        OptionRange.Require(EpochCount ?? 1, 1, 100_000, nameof(EpochCount));
        OptionRange.RequirePositive(LearningRate, 1000);
        OptionRange.Require(NegativeSampleRate, 1, 100);
        OptionRange.Require(RepulsionStrength, 0, 1000);
        OptionRange.Require(LocalConnectivity, 1, 200);
        OptionRange.Require(SetOperationMixRatio, 0, 1);
        return this;
    }
}
