using System.Text.Json;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Client.Sdk.Tests.Mapping;

public sealed class FitSettingsTests
{
    [Fact]
    public void Map_NothingSet_SendsNothing()
    {
        V1.FitSettings wire = FitSettingsMapping.Map(new FitSettings());

        Assert.Equal(new V1.FitSettings(), wire);
    }

    [Fact]
    public void Map_AutomaticSettings_ArriveAndComeBack()
    {
        V1.FitSettings wire = FitSettingsMapping.Map(FitSettings.Auto with { Hdbscan = new HdbscanSettings { MinSamples = 7 } });

        Assert.Equal(V1.FitSettings.Types.Preset.Auto, wire.Preset);
        Assert.Equal(7, wire.Hdbscan.MinSamples);
        Assert.Equal(FitPreset.Auto, FitSettingsMapping.Map(wire).Preset);
    }

    [Fact]
    public void Map_SettingsAsResolved_AreBertopics() =>
        Assert.Equal(
            FitPreset.Bertopic, FitSettingsMapping.Map(new V1.FitSettings { Preset = V1.FitSettings.Types.Preset.Bertopic }).Preset);

    [Fact]
    public void Map_ReportWithLanguages_KeepsCodeAndShare()
    {
        V1.FitReport wire = new() { Languages = { new V1.FitReport.Types.LanguageShare { Language = "de", Share = 0.75 } } };

        Assert.Equal([new LanguageShare("de", 0.75)], FitMapping.Map(wire).Languages);
    }

    [Fact]
    public void Map_ReportWithChoices_KeepsSettingValueAndReason()
    {
        V1.FitReport wire = new()
        {
            SettingChoices = { new V1.FitReport.Types.SettingChoice { Setting = "hdbscan.min_samples", Value = "5", Reason = "why" } },
        };

        Assert.Equal([new SettingChoice("hdbscan.min_samples", "5", "why")], FitMapping.Map(wire).Choices);
    }

    [Fact]
    public void Map_EmptySubModels_ArePresent()
    {
        V1.FitSettings wire = FitSettingsMapping.Map(new FitSettings { Umap = new UmapSettings(), Hdbscan = new HdbscanSettings() });

        // Present and empty means the library's own defaults, absent BERTopic's.
        Assert.Equal(new V1.UmapSettings(), wire.Umap);
        Assert.Equal(new V1.HdbscanSettings(), wire.Hdbscan);
        Assert.Null(wire.Vectorizer);
    }

    [Fact]
    public void Map_CountAndShare_StayApart()
    {
        V1.VectorizerSettings wire = FitSettingsMapping.Map(new FitSettings
        {
            Vectorizer = new VectorizerSettings
            {
                MinTopicFrequency = FrequencyLimit.Count(1),
                MaxTopicFrequency = FrequencyLimit.Share(1.0),
            },
        }).Vectorizer;

        Assert.Equal(V1.VectorizerSettings.MinDfOneofCase.MinDfCount, wire.MinDfCase);
        Assert.Equal(V1.VectorizerSettings.MaxDfOneofCase.MaxDfShare, wire.MaxDfCase);
    }

    [Fact]
    public void Map_EverySetting_ComesBackTheSame()
    {
        FitSettings settings = new()
        {
            Umap = new UmapSettings
            {
                NeighborCount = 15,
                ComponentCount = 10,
                MinDistance = 0.25,
                Spread = 1.5,
                Metric = "cosine",
                LowMemory = false,
                EpochCount = 11,
                LearningRate = 0.5,
                NegativeSampleRate = 6,
                RepulsionStrength = 2,
                LocalConnectivity = 3,
                SetOperationMixRatio = 0.5,
            },
            Hdbscan = new HdbscanSettings
            {
                MinClusterSize = 30,
                MinSamples = 5,
                SelectionMethod = "leaf",
                MaxClusterSize = 900,
                Metric = "euclidean",
                PredictionData = true,
                SelectionEpsilon = 0.1,
                SelectionEpsilonMax = 4,
                SelectionPersistence = 0.2,
                AllowSingleCluster = true,
                Alpha = 1.25,
            },
            Vectorizer = new VectorizerSettings
            {
                StopWords = StopWords.English,
                NgramRange = new NgramRange(1, 3),
                MinTopicFrequency = FrequencyLimit.Share(0.01),
                MaxTopicFrequency = FrequencyLimit.Share(0.95),
                MaxTerms = 1000,
                Lowercase = false,
                Segmentation = "unicode",
                Vocabulary = ["gpu", "nasa"],
            },
            Ctfidf = new CtfidfSettings { Bm25Weighting = true, ReduceFrequentWords = true, SeedWords = ["gpu"], SeedMultiplier = 3 },
            Reduction = TopicReduction.To(40),
            TopWordCount = 12,
            MinTopicSize = 31,
            NgramRange = new NgramRange(1, 2),
            CalculateProbabilities = true,
            Seed = 7,
            TopicNames = "distinct",
            Granularity = "fine",
            MergeDuplicates = true,
            Sample = new SampleSettings { Size = 5000, Attribute = "source", TimeStrata = 12 },
            CoherenceMeasures = [CoherenceMeasures.ContextVector, CoherenceMeasures.Umass],
            SeedTopics = [["gpu", "shader"], ["nasa"]],
            ZeroShotTopics = ["Hockey"],
            ZeroShotMinSimilarity = 0.4,
            Representation = new RepresentationSettings { Main = [new KeyBertInspired()] },
            TargetAttribute = "group",
            TopicAttribute = "theme",
            OutlierPolicy = OutlierPolicies.Nearest,
            OutlierMinSimilarity = 0.45,
            NoveltyThreshold = 0.02,
        };

        FitSettings back = FitSettingsMapping.Map(FitSettingsMapping.Map(settings));

        // Records with lists compare by reference; their text does not.
        Assert.Equal(JsonSerializer.Serialize(settings), JsonSerializer.Serialize(back));
        FitSettings listed = back with { Vectorizer = back.Vectorizer! with { StopWords = StopWords.Of(["a"]) } };
        string text = JsonSerializer.Serialize(listed).Replace("\"List\":null", "", StringComparison.Ordinal);
        Assert.DoesNotContain("null", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_OwnStopWordsAndAutomaticReduction_ComeBack()
    {
        FitSettings settings = new()
        {
            Reduction = TopicReduction.Auto,
            Vectorizer = new VectorizerSettings { StopWords = StopWords.Of(["from", "subject"]) },
        };

        FitSettings back = FitSettingsMapping.Map(FitSettingsMapping.Map(settings));

        Assert.Equal(TopicReduction.Auto, back.Reduction);
        Assert.Equal(["from", "subject"], back.Vectorizer!.StopWords!.Words);
    }

    [Fact]
    public void Map_Representations_ComeBackWithWhatWasGiven()
    {
        FitSettings settings = new()
        {
            Representation = new RepresentationSettings
            {
                Main =
                [
                    new KeyBertInspired { WordCount = 8, RepresentativeDocumentCount = 4, CandidateCount = 50 },
                    new MaximalMarginalRelevance { Diversity = 0.3, WordCount = 4 },
                ],
                Aspects = new Dictionary<string, IReadOnlyList<TopicRepresentation>>
                {
                    ["Weighted"] = [],
                    ["Close"] = [new KeyBertInspired()],
                },
            },
        };

        RepresentationSettings back = FitSettingsMapping.Map(FitSettingsMapping.Map(settings)).Representation!;

        Assert.Equal(settings.Representation.Main, back.Main);
        Assert.Equal(["Weighted", "Close"], back.Aspects.Keys);
        Assert.Equal(settings.Representation.Aspects["Close"], back.Aspects["Close"]);
        Assert.Empty(back.Aspects["Weighted"]);
    }

    [Fact]
    public void Map_RepresentationWithoutValues_SendsNone()
    {
        V1.Representation wire = FitSettingsMapping.Map(new FitSettings
        {
            Representation = new RepresentationSettings { Main = [new MaximalMarginalRelevance()] },
        }).RepresentationModel.Main.Single();

        Assert.Equal(new V1.Representation { MaximalMarginalRelevance = new() }, wire);
    }
}
