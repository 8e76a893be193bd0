using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Settings;

/// <summary>Maps settings of responses. Absent fields become null.</summary>
internal static class FitSettingsFromWire
{
    public static FitSettings Map(Wire.FitSettings? wire) => wire is null ? new FitSettings() : new FitSettings
    {
        Preset = wire.Preset == Wire.FitSettings.Types.Preset.Auto ? FitPreset.Auto : FitPreset.Bertopic,
        Umap = wire.Umap is null ? null : Map(wire.Umap),
        Hdbscan = wire.Hdbscan is null ? null : Map(wire.Hdbscan),
        Vectorizer = wire.Vectorizer is null ? null : Map(wire.Vectorizer),
        Ctfidf = wire.Ctfidf is null ? null : Map(wire.Ctfidf),
        Reduction = wire.ReductionCase switch
        {
            Wire.FitSettings.ReductionOneofCase.NrTopics => TopicReduction.To(wire.NrTopics),
            Wire.FitSettings.ReductionOneofCase.NrTopicsAuto when wire.NrTopicsAuto => TopicReduction.Auto,
            _ => TopicReduction.None,
        },
        TopWordCount = wire.HasTopNWords ? wire.TopNWords : null,
        MinTopicSize = wire.HasMinTopicSize ? wire.MinTopicSize : null,
        NgramRange = Map(wire.NGramRange),
        CalculateProbabilities = wire.HasCalculateProbabilities ? wire.CalculateProbabilities : null,
        Seed = wire.HasSeed ? wire.Seed : null,
        CoherenceMeasures = [.. wire.CoherenceMeasures],
        SeedTopics = [.. wire.SeedTopicList.Select(static topic => topic.Words.ToArray())],
        ZeroShotTopics = [.. wire.ZeroshotTopicList],
        ZeroShotMinSimilarity = wire.HasZeroshotMinSimilarity ? wire.ZeroshotMinSimilarity : null,
        Representation = wire.RepresentationModel is null ? null : RepresentationMapping.Map(wire.RepresentationModel),
        TargetAttribute = wire.TargetAttribute.Length == 0 ? null : wire.TargetAttribute,
        TopicAttribute = wire.TopicAttribute.Length == 0 ? null : wire.TopicAttribute,
    };

    private static UmapSettings Map(Wire.UmapSettings wire) => new()
    {
        NeighborCount = wire.HasNNeighbors ? wire.NNeighbors : null,
        ComponentCount = wire.HasNComponents ? wire.NComponents : null,
        MinDistance = wire.HasMinDist ? wire.MinDist : null,
        Metric = wire.HasMetric ? wire.Metric : null,
        LowMemory = wire.HasLowMemory ? wire.LowMemory : null,
        Spread = wire.HasSpread ? wire.Spread : null,
        EpochCount = wire.HasNEpochs ? wire.NEpochs : null,
        LearningRate = wire.HasLearningRate ? wire.LearningRate : null,
        NegativeSampleRate = wire.HasNegativeSampleRate ? wire.NegativeSampleRate : null,
        RepulsionStrength = wire.HasRepulsionStrength ? wire.RepulsionStrength : null,
        LocalConnectivity = wire.HasLocalConnectivity ? wire.LocalConnectivity : null,
        SetOperationMixRatio = wire.HasSetOpMixRatio ? wire.SetOpMixRatio : null,
    };

    private static HdbscanSettings Map(Wire.HdbscanSettings wire) => new()
    {
        MinClusterSize = wire.HasMinClusterSize ? wire.MinClusterSize : null,
        MinSamples = wire.HasMinSamples ? wire.MinSamples : null,
        SelectionMethod = wire.HasClusterSelectionMethod ? wire.ClusterSelectionMethod : null,
        MaxClusterSize = wire.HasMaxClusterSize ? wire.MaxClusterSize : null,
        Metric = wire.HasMetric ? wire.Metric : null,
        PredictionData = wire.HasPredictionData ? wire.PredictionData : null,
        SelectionEpsilon = wire.HasClusterSelectionEpsilon ? wire.ClusterSelectionEpsilon : null,
        SelectionEpsilonMax = wire.HasClusterSelectionEpsilonMax ? wire.ClusterSelectionEpsilonMax : null,
        SelectionPersistence = wire.HasClusterSelectionPersistence ? wire.ClusterSelectionPersistence : null,
        AllowSingleCluster = wire.HasAllowSingleCluster ? wire.AllowSingleCluster : null,
        Alpha = wire.HasAlpha ? wire.Alpha : null,
    };

    public static VectorizerSettings Map(Wire.VectorizerSettings wire) => new()
    {
        StopWords = wire.StopWordsChoiceCase switch
        {
            Wire.VectorizerSettings.StopWordsChoiceOneofCase.StopWords when wire.StopWords.Length > 0 => StopWords.Named(wire.StopWords),
            Wire.VectorizerSettings.StopWordsChoiceOneofCase.StopWordList => StopWords.Of(wire.StopWordList.Words),
            _ => null,
        },
        NgramRange = Map(wire.NgramRange),
        MinTopicFrequency = wire.MinDfCase switch
        {
            Wire.VectorizerSettings.MinDfOneofCase.MinDfCount => FrequencyLimit.Count(wire.MinDfCount),
            Wire.VectorizerSettings.MinDfOneofCase.MinDfShare => FrequencyLimit.Share(wire.MinDfShare),
            _ => null,
        },
        MaxTopicFrequency = wire.MaxDfCase switch
        {
            Wire.VectorizerSettings.MaxDfOneofCase.MaxDfCount => FrequencyLimit.Count(wire.MaxDfCount),
            Wire.VectorizerSettings.MaxDfOneofCase.MaxDfShare => FrequencyLimit.Share(wire.MaxDfShare),
            _ => null,
        },
        MaxTerms = wire.HasMaxFeatures ? wire.MaxFeatures : null,
        Lowercase = wire.HasLowercase ? wire.Lowercase : null,
        Vocabulary = [.. wire.Vocabulary],
    };

    public static CtfidfSettings Map(Wire.CtfidfSettings wire) => new()
    {
        Bm25Weighting = wire.HasBm25Weighting ? wire.Bm25Weighting : null,
        ReduceFrequentWords = wire.HasReduceFrequentWords ? wire.ReduceFrequentWords : null,
        SeedWords = [.. wire.SeedWords],
        SeedMultiplier = wire.HasSeedMultiplier ? wire.SeedMultiplier : null,
    };

    private static NgramRange? Map(Wire.NgramRange? wire) => wire is null ? null : new NgramRange(wire.Min, wire.Max);
}
