using TopicGrpc.Client.Fits;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Mapping;

/// <summary>Settings of a fit on their way to the server. What is null stays absent, so that the server's default counts.</summary>
internal static class FitSettingsToWire
{
    public static Wire.FitSettings Map(FitSettings settings)
    {
        Wire.FitSettings wire = new()
        {
            Umap = settings.Umap is null ? null : Map(settings.Umap),
            Hdbscan = settings.Hdbscan is null ? null : Map(settings.Hdbscan),
            Vectorizer = settings.Vectorizer is null ? null : Map(settings.Vectorizer),
            Ctfidf = settings.Ctfidf is null ? null : Map(settings.Ctfidf),
            NGramRange = Map(settings.NgramRange),
        };
        if (settings.Reduction.IsAutomatic)
        {
            wire.NrTopicsAuto = true;
        }
        else if (settings.Reduction != TopicReduction.None)
        {
            wire.NrTopics = settings.Reduction.Count;
        }

        Set(settings.TopWordCount, value => wire.TopNWords = value);
        Set(settings.MinTopicSize, value => wire.MinTopicSize = value);
        Set(settings.CalculateProbabilities, value => wire.CalculateProbabilities = value);
        Set(settings.Seed, value => wire.Seed = value);
        return wire;
    }

    private static Wire.UmapSettings Map(UmapSettings settings)
    {
        Wire.UmapSettings wire = new();
        Set(settings.NeighborCount, value => wire.NNeighbors = value);
        Set(settings.ComponentCount, value => wire.NComponents = value);
        Set(settings.MinDistance, value => wire.MinDist = value);
        SetText(settings.Metric, value => wire.Metric = value);
        Set(settings.LowMemory, value => wire.LowMemory = value);
        Set(settings.Spread, value => wire.Spread = value);
        Set(settings.EpochCount, value => wire.NEpochs = value);
        Set(settings.LearningRate, value => wire.LearningRate = value);
        Set(settings.NegativeSampleRate, value => wire.NegativeSampleRate = value);
        Set(settings.RepulsionStrength, value => wire.RepulsionStrength = value);
        Set(settings.LocalConnectivity, value => wire.LocalConnectivity = value);
        Set(settings.SetOperationMixRatio, value => wire.SetOpMixRatio = value);
        return wire;
    }

    private static Wire.HdbscanSettings Map(HdbscanSettings settings)
    {
        Wire.HdbscanSettings wire = new();
        Set(settings.MinClusterSize, value => wire.MinClusterSize = value);
        Set(settings.MinSamples, value => wire.MinSamples = value);
        SetText(settings.SelectionMethod, value => wire.ClusterSelectionMethod = value);
        Set(settings.MaxClusterSize, value => wire.MaxClusterSize = value);
        SetText(settings.Metric, value => wire.Metric = value);
        Set(settings.PredictionData, value => wire.PredictionData = value);
        Set(settings.SelectionEpsilon, value => wire.ClusterSelectionEpsilon = value);
        Set(settings.SelectionEpsilonMax, value => wire.ClusterSelectionEpsilonMax = value);
        Set(settings.SelectionPersistence, value => wire.ClusterSelectionPersistence = value);
        Set(settings.AllowSingleCluster, value => wire.AllowSingleCluster = value);
        Set(settings.Alpha, value => wire.Alpha = value);
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

        Set(settings.MinTopicFrequency, limit => SetLimit(limit, count => wire.MinDfCount = count, share => wire.MinDfShare = share));
        Set(settings.MaxTopicFrequency, limit => SetLimit(limit, count => wire.MaxDfCount = count, share => wire.MaxDfShare = share));
        Set(settings.MaxTerms, value => wire.MaxFeatures = value);
        Set(settings.Lowercase, value => wire.Lowercase = value);
        return wire;
    }

    public static Wire.CtfidfSettings Map(CtfidfSettings settings)
    {
        Wire.CtfidfSettings wire = new() { SeedWords = { settings.SeedWords } };
        Set(settings.Bm25Weighting, value => wire.Bm25Weighting = value);
        Set(settings.ReduceFrequentWords, value => wire.ReduceFrequentWords = value);
        Set(settings.SeedMultiplier, value => wire.SeedMultiplier = value);
        return wire;
    }

    private static Wire.NgramRange? Map(NgramRange? range) => range is null ? null : new Wire.NgramRange { Min = range.Value.Min, Max = range.Value.Max };

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

    private static void Set<T>(T? value, Action<T> set)
        where T : struct
    {
        if (value is not null)
        {
            set(value.Value);
        }
    }

    private static void SetText(string? value, Action<string> set)
    {
        if (value is not null)
        {
            set(value);
        }
    }
}
