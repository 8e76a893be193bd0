using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Contract;

/// <summary>Options of the engine as settings of the contract with nothing left out: sent back, they give the same options.</summary>
internal static class ResolvedSettings
{
    public static FitSettings ToProto(TopicModelOptions options)
    {
        FitSettings settings = new()
        {
            Umap = ToProto(options.Layout),
            Hdbscan = ToProto(options.Clusters),
            Vectorizer = ToProto(options.Words),
            Ctfidf = new CtfidfSettings
            {
                Bm25Weighting = options.Weights.Bm25Weighting,
                ReduceFrequentWords = options.Weights.ReduceFrequentWords,
                SeedMultiplier = options.Weights.SeedMultiplier,
                SeedWords = { options.Weights.SeedWords },
            },
            TopNWords = options.TopWordCount,
            CalculateProbabilities = options.CalculateProbabilities,
            Seed = options.Layout.Seed,
            CoherenceMeasures = { options.CoherenceMeasures.Select(QualityMapping.NameOf) },
            RepresentationModel = RepresentationMapping.ToProto(options.Representations),
            Preset = FitSettings.Types.Preset.Bertopic,
        };
        GuidanceMapping.AddTo(settings, options);
        if (options.Reduction.Automatic)
        {
            settings.NrTopicsAuto = true;
        }
        else if (options.Reduction.Count > 0)
        {
            settings.NrTopics = options.Reduction.Count;
        }

        return settings;
    }

    private static UmapSettings ToProto(UmapOptions layout)
    {
        UmapSettings umap = new()
        {
            NNeighbors = layout.NeighborCount,
            NComponents = layout.ComponentCount,
            MinDist = layout.MinDistance,
            Metric = layout.Metric == DistanceMetric.Cosine ? "cosine" : "euclidean",
            Spread = layout.Spread,
            LearningRate = layout.LearningRate,
            NegativeSampleRate = layout.NegativeSampleRate,
            RepulsionStrength = layout.RepulsionStrength,
            LocalConnectivity = layout.LocalConnectivity,
            SetOpMixRatio = layout.SetOperationMixRatio,
        };
        if (layout.EpochCount is { } epochs)
        {
            umap.NEpochs = epochs;
        }

        return umap;
    }

    private static HdbscanSettings ToProto(HdbscanOptions clusters)
    {
        HdbscanSettings hdbscan = new()
        {
            MinClusterSize = clusters.MinClusterSize,
            MinSamples = clusters.MinSamples ?? clusters.MinClusterSize,
            ClusterSelectionMethod = clusters.SelectionMethod == ClusterSelectionMethod.Leaf ? "leaf" : "eom",
            MaxClusterSize = clusters.MaxClusterSize,
            Metric = "euclidean",
            ClusterSelectionEpsilon = clusters.SelectionEpsilon,
            AllowSingleCluster = clusters.AllowSingleCluster,
            Alpha = clusters.Alpha,
            ClusterSelectionPersistence = clusters.SelectionPersistence,
        };
        if (double.IsFinite(clusters.SelectionEpsilonMax))
        {
            hdbscan.ClusterSelectionEpsilonMax = clusters.SelectionEpsilonMax;
        }

        return hdbscan;
    }

    private static VectorizerSettings ToProto(WordOptions words)
    {
        VectorizerSettings vectorizer = new()
        {
            NgramRange = new NgramRange { Min = words.MinNgram, Max = words.MaxNgram },
            Lowercase = words.Lowercase,
        };
        if (words.StopWords.Count == StopWords.English.Count && words.StopWords.All(StopWords.English.Contains))
        {
            vectorizer.StopWords = "english";
        }
        else if (words.StopWords.Count > 0)
        {
            vectorizer.StopWordList = new VectorizerSettings.Types.WordList { Words = { words.StopWords } };
        }

        if (words.MinTopicFrequency.IsShare)
        {
            vectorizer.MinDfShare = words.MinTopicFrequency.Value;
        }
        else
        {
            vectorizer.MinDfCount = (int)words.MinTopicFrequency.Value;
        }

        if (words.MaxTopicFrequency.IsShare)
        {
            vectorizer.MaxDfShare = words.MaxTopicFrequency.Value;
        }
        else
        {
            vectorizer.MaxDfCount = (int)words.MaxTopicFrequency.Value;
        }

        if (words.MaxTerms is { } terms)
        {
            vectorizer.MaxFeatures = terms;
        }

        vectorizer.Vocabulary.AddRange(words.Vocabulary ?? []);
        return vectorizer;
    }
}
