using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Settings;

/// <summary>Maps settings to requests. Null properties stay absent, so that the server's defaults apply.</summary>
internal static class FitSettingsToWire
{
    public static Wire.FitSettings Map(FitSettings settings)
    {
        Wire.FitSettings wire = new()
        {
            Preset = settings.Preset == FitPreset.Auto ? Wire.FitSettings.Types.Preset.Auto : Wire.FitSettings.Types.Preset.Unspecified,
            Umap = settings.Umap is null ? null : Map(settings.Umap),
            Hdbscan = settings.Hdbscan is null ? null : Map(settings.Hdbscan),
            Vectorizer = settings.Vectorizer is null ? null : Map(settings.Vectorizer),
            Ctfidf = settings.Ctfidf is null ? null : Map(settings.Ctfidf),
            NGramRange = Map(settings.NgramRange),
            CoherenceMeasures = { settings.CoherenceMeasures },
            SeedTopicList = { settings.SeedTopics.Select(static words => new Wire.FitSettings.Types.SeedTopic { Words = { words } }) },
            ZeroshotTopicList = { settings.ZeroShotTopics },
            RepresentationModel = settings.Representation is null ? null : RepresentationMapping.Map(settings.Representation),
            TargetAttribute = settings.TargetAttribute ?? "",
            TopicAttribute = settings.TopicAttribute ?? "",
        };
        if (settings.Reduction.IsAutomatic)
        {
            wire.NrTopicsAuto = true;
        }
        else if (settings.Reduction != TopicReduction.None)
        {
            wire.NrTopics = settings.Reduction.Count;
        }

        WireValue.Set(settings.TopWordCount, value => wire.TopNWords = value);
        WireValue.Set(settings.MinTopicSize, value => wire.MinTopicSize = value);
        WireValue.Set(settings.CalculateProbabilities, value => wire.CalculateProbabilities = value);
        WireValue.Set(settings.Seed, value => wire.Seed = value);
        WireValue.Set(settings.ZeroShotMinSimilarity, value => wire.ZeroshotMinSimilarity = value);
        return wire;
    }

    private static Wire.UmapSettings Map(UmapSettings settings)
    {
        Wire.UmapSettings wire = new();
        WireValue.Set(settings.NeighborCount, value => wire.NNeighbors = value);
        WireValue.Set(settings.ComponentCount, value => wire.NComponents = value);
        WireValue.Set(settings.MinDistance, value => wire.MinDist = value);
        WireValue.Set(settings.Metric, value => wire.Metric = value);
        WireValue.Set(settings.LowMemory, value => wire.LowMemory = value);
        WireValue.Set(settings.Spread, value => wire.Spread = value);
        WireValue.Set(settings.EpochCount, value => wire.NEpochs = value);
        WireValue.Set(settings.LearningRate, value => wire.LearningRate = value);
        WireValue.Set(settings.NegativeSampleRate, value => wire.NegativeSampleRate = value);
        WireValue.Set(settings.RepulsionStrength, value => wire.RepulsionStrength = value);
        WireValue.Set(settings.LocalConnectivity, value => wire.LocalConnectivity = value);
        WireValue.Set(settings.SetOperationMixRatio, value => wire.SetOpMixRatio = value);
        return wire;
    }

    private static Wire.HdbscanSettings Map(HdbscanSettings settings)
    {
        Wire.HdbscanSettings wire = new();
        WireValue.Set(settings.MinClusterSize, value => wire.MinClusterSize = value);
        WireValue.Set(settings.MinSamples, value => wire.MinSamples = value);
        WireValue.Set(settings.SelectionMethod, value => wire.ClusterSelectionMethod = value);
        WireValue.Set(settings.MaxClusterSize, value => wire.MaxClusterSize = value);
        WireValue.Set(settings.Metric, value => wire.Metric = value);
        WireValue.Set(settings.PredictionData, value => wire.PredictionData = value);
        WireValue.Set(settings.SelectionEpsilon, value => wire.ClusterSelectionEpsilon = value);
        WireValue.Set(settings.SelectionEpsilonMax, value => wire.ClusterSelectionEpsilonMax = value);
        WireValue.Set(settings.SelectionPersistence, value => wire.ClusterSelectionPersistence = value);
        WireValue.Set(settings.AllowSingleCluster, value => wire.AllowSingleCluster = value);
        WireValue.Set(settings.Alpha, value => wire.Alpha = value);
        return wire;
    }

    public static Wire.VectorizerSettings Map(VectorizerSettings settings)
    {
        Wire.VectorizerSettings wire = new() { NgramRange = Map(settings.NgramRange), Vocabulary = { settings.Vocabulary } };
        if (settings.StopWords is { List: { } list })
        {
            wire.StopWords = list;
        }
        else if (settings.StopWords is { } stopWords)
        {
            wire.StopWordList = new Wire.VectorizerSettings.Types.WordList { Words = { stopWords.Words } };
        }

        WireValue.Set(
            settings.MinTopicFrequency, limit => SetLimit(limit, count => wire.MinDfCount = count, share => wire.MinDfShare = share));
        WireValue.Set(
            settings.MaxTopicFrequency, limit => SetLimit(limit, count => wire.MaxDfCount = count, share => wire.MaxDfShare = share));
        WireValue.Set(settings.MaxTerms, value => wire.MaxFeatures = value);
        WireValue.Set(settings.Lowercase, value => wire.Lowercase = value);
        return wire;
    }

    public static Wire.CtfidfSettings Map(CtfidfSettings settings)
    {
        Wire.CtfidfSettings wire = new() { SeedWords = { settings.SeedWords } };
        WireValue.Set(settings.Bm25Weighting, value => wire.Bm25Weighting = value);
        WireValue.Set(settings.ReduceFrequentWords, value => wire.ReduceFrequentWords = value);
        WireValue.Set(settings.SeedMultiplier, value => wire.SeedMultiplier = value);
        return wire;
    }

    private static Wire.NgramRange? Map(NgramRange? range) =>
        range is null ? null : new Wire.NgramRange { Min = range.Value.Min, Max = range.Value.Max };

    private static void SetLimit(FrequencyLimit limit, Action<int> count, Action<double> share)
    {
        if (limit.IsShare)
        {
            share(limit.Value);
        }
        else
        {
            count((int)limit.Value);
        }
    }
}
