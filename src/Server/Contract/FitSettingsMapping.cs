using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Contract;

/// <summary>
/// Settings of the contract to options of the engine, with the defaults where the Python libraries have them: a message
/// that is absent stands for BERTopic's own sub-model, one that is present for a sub-model that the caller made.
/// </summary>
internal static class FitSettingsMapping
{
    private const long DefaultSeed = 42;
    private const int DefaultTopicSize = 10;
    private const int MaxSeedWords = 100_000;

    /// <exception cref="Errors.ServiceException">Names every field that is out of range.</exception>
    public static TopicModelOptions FromProto(FitSettings settings)
    {
        SettingsChecks checks = new();
        var defaults = FitDefaults.Of(settings, checks);
        long seed = settings.HasSeed ? settings.Seed : DefaultSeed;
        TopicModelOptions options = GuidanceMapping.Apply(settings, new TopicModelOptions
        {
            Layout = Layout(settings.Umap, defaults.GivenLayout, seed, checks),
            Clusters = Clusters(settings, defaults.GivenClusters, checks),
            Words = WordSettingsMapping.FromProto(settings, checks),
            Weights = Weights(settings.Ctfidf, "settings.ctfidf.", checks),
            TopWordCount = settings.HasTopNWords ? checks.Range("settings.top_n_words", settings.TopNWords, 1, 100) : 10,
            Reduction = Reduction(settings, checks),
            CalculateProbabilities = settings.CalculateProbabilities,
            CoherenceMeasures = QualityMapping.FromProto(settings, checks),
            Representations = RepresentationMapping.FromProto(settings.RepresentationModel, "settings.representation_model", checks),
            Automatic = defaults.Choices(settings),
        }, checks);
        checks.ThrowIfAny();
        return options;
    }

    private static UmapOptions Layout(UmapSettings? umap, UmapOptions given, long seed, SettingsChecks checks)
    {
        if (umap is null)
        {
            return new UmapOptions { Seed = seed };
        }

        const string At = "settings.umap.";
        double spread = umap.HasSpread ? checks.Positive(At + "spread", umap.Spread) : 1.0;
        return new UmapOptions
        {
            NeighborCount = umap.HasNNeighbors ? checks.Range(At + "n_neighbors", umap.NNeighbors, 2, 200) : 15,
            ComponentCount = umap.HasNComponents ? checks.Range(At + "n_components", umap.NComponents, 1, 64) : given.ComponentCount,
            MinDistance = umap.HasMinDist ? checks.Range(At + "min_dist", umap.MinDist, 0, spread) : given.MinDistance,
            Metric = umap.HasMetric
                ? checks.OneOf(At + "metric", umap.Metric, ("cosine", DistanceMetric.Cosine), ("euclidean", DistanceMetric.Euclidean))
                : given.Metric,
            Spread = spread,
            EpochCount = umap.HasNEpochs ? checks.Range(At + "n_epochs", umap.NEpochs, 1, 100_000) : null,
            LearningRate = umap.HasLearningRate ? checks.Positive(At + "learning_rate", umap.LearningRate) : 1.0,
            NegativeSampleRate = umap.HasNegativeSampleRate ? checks.Range(At + "negative_sample_rate", umap.NegativeSampleRate, 1, 100) : 5,
            RepulsionStrength = umap.HasRepulsionStrength ? checks.Range(At + "repulsion_strength", umap.RepulsionStrength, 0) : 1.0,
            LocalConnectivity = umap.HasLocalConnectivity ? checks.Range(At + "local_connectivity", umap.LocalConnectivity, 1) : 1.0,
            SetOperationMixRatio = umap.HasSetOpMixRatio ? checks.Range(At + "set_op_mix_ratio", umap.SetOpMixRatio, 0, 1) : 1.0,
            Seed = seed,
        };
    }

    private static HdbscanOptions Clusters(FitSettings settings, HdbscanOptions given, SettingsChecks checks)
    {
        int topicSize = settings.HasMinTopicSize ? checks.Range("settings.min_topic_size", settings.MinTopicSize, 2) : DefaultTopicSize;
        if (settings.Hdbscan is not { } hdbscan)
        {
            return new HdbscanOptions { MinClusterSize = topicSize };
        }

        const string At = "settings.hdbscan.";
        if (hdbscan.HasMetric)
        {
            checks.OneOf(At + "metric", hdbscan.Metric, ("euclidean", DistanceMetric.Euclidean));
        }

        return new HdbscanOptions
        {
            MinClusterSize = hdbscan.HasMinClusterSize ? checks.Range(At + "min_cluster_size", hdbscan.MinClusterSize, 2) : given.MinClusterSize,
            MinSamples = hdbscan.HasMinSamples ? checks.Range(At + "min_samples", hdbscan.MinSamples, 1) : null,
            SelectionMethod = hdbscan.HasClusterSelectionMethod
                ? checks.OneOf(At + "cluster_selection_method", hdbscan.ClusterSelectionMethod, ("eom", ClusterSelectionMethod.ExcessOfMass), ("leaf", ClusterSelectionMethod.Leaf))
                : ClusterSelectionMethod.ExcessOfMass,
            MaxClusterSize = checks.Range(At + "max_cluster_size", hdbscan.MaxClusterSize, 0),
            SelectionEpsilon = checks.Range(At + "cluster_selection_epsilon", hdbscan.ClusterSelectionEpsilon, 0),
            SelectionEpsilonMax = hdbscan.HasClusterSelectionEpsilonMax
                ? checks.Range(At + "cluster_selection_epsilon_max", hdbscan.ClusterSelectionEpsilonMax, 0)
                : double.PositiveInfinity,
            SelectionPersistence = checks.Range(At + "cluster_selection_persistence", hdbscan.ClusterSelectionPersistence, 0),
            AllowSingleCluster = hdbscan.AllowSingleCluster,
            Alpha = hdbscan.HasAlpha ? checks.Positive(At + "alpha", hdbscan.Alpha) : 1.0,
        };
    }

    /// <summary>Word weights; those of BERTopic where the message is absent.</summary>
    /// <param name="ctfidf">The message.</param>
    /// <param name="at">Path of its fields in the request.</param>
    /// <param name="checks">Gets what is wrong.</param>
    public static ClassTfIdfOptions Weights(CtfidfSettings? ctfidf, string at, SettingsChecks checks)
    {
        if (ctfidf is null)
        {
            return new ClassTfIdfOptions();
        }

        checks.Range(at + "seed_words", ctfidf.SeedWords.Count, 0, MaxSeedWords);
        return new ClassTfIdfOptions
        {
            Bm25Weighting = ctfidf.Bm25Weighting,
            ReduceFrequentWords = ctfidf.ReduceFrequentWords,
            SeedWords = [.. ctfidf.SeedWords],
            SeedMultiplier = ctfidf.HasSeedMultiplier ? checks.Positive(at + "seed_multiplier", ctfidf.SeedMultiplier) : 2.0,
        };
    }

    private static TopicReduction Reduction(FitSettings settings, SettingsChecks checks)
    {
        if (settings.ReductionCase == FitSettings.ReductionOneofCase.NrTopicsAuto)
        {
            return settings.NrTopicsAuto ? TopicReduction.Auto : TopicReduction.None;
        }

        return settings.ReductionCase == FitSettings.ReductionOneofCase.NrTopics
            ? new TopicReduction(checks.Range("settings.nr_topics", settings.NrTopics, 2), Automatic: false)
            : TopicReduction.None;
    }
}
