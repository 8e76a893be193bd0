using System.Reflection;
using Google.Protobuf.Reflection;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words.Languages;
using TopicGrpc.Engine.Words.Segmentation;
using TopicGrpc.Server.Contract;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Contract;

public sealed class ContractTests
{
    [Fact]
    public void ErrorReasons_ConstantsAndContract_AreTheSame()
    {
        IEnumerable<string> constants = typeof(ErrorReasons).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(static field => field.Name != nameof(ErrorReasons.Domain))
            .Select(static field => (string)field.GetRawConstantValue()!);
        IEnumerable<string> contract = CommonReflection.Descriptor.EnumTypes.Single(static type => type.Name == nameof(ErrorReason)).Values
            .Where(static value => value.Number != 0)
            .Select(static value => value.Name["ERROR_REASON_".Length..]);

        Assert.Equal(contract.Order(StringComparer.Ordinal), constants.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Methods_AllButThoseThatMustNotBeRetried_SayThatTheyMayBe()
    {
        IEnumerable<string> silent = ContractServices.All.SelectMany(static service => service.Methods)
            .Where(
                static method => method.GetOptions()?.IdempotencyLevel is null or MethodOptions.Types.IdempotencyLevel.IdempotencyUnknown)
            .Select(static method => method.Name);

        Assert.Equal(["IngestDocuments", "CreateKey", "RotateKey", "RollbackLabel"], silent);
    }

    [Fact]
    public void Methods_All_HaveARequestAndAResponseOfTheirOwn() => Assert.All(
        ContractServices.All.SelectMany(static service => service.Methods),
        static method =>
            Assert.Equal((method.Name + "Request", method.Name + "Response"), (method.InputType.Name, method.OutputType.Name)));

    [Fact]
    public void FitSettings_Empty_AreBertopicsDefaults()
    {
        TopicModelOptions options = FitSettingsContract.FromProto(new FitSettings());

        Assert.Equal((15, 5, 0.0), (options.Layout.NeighborCount, options.Layout.ComponentCount, options.Layout.MinDistance));
        Assert.Equal(DistanceMetric.Cosine, options.Layout.Metric);
        Assert.Equal(10, options.Clusters.MinClusterSize);
        Assert.Equal(10, options.TopWordCount);
        Assert.Equal(42, options.Layout.Seed);
        Assert.False(options.CalculateProbabilities);
    }

    [Fact]
    public void FitSettings_SubModelsGiven_TakeTheirLibrariesDefaults()
    {
        TopicModelOptions options = FitSettingsContract.FromProto(new FitSettings
        {
            Umap = new UmapSettings(),
            Hdbscan = new HdbscanSettings(),
            Vectorizer = new VectorizerSettings { StopWords = "english" },
            MinTopicSize = 30,
            NGramRange = new NgramRange { Min = 1, Max = 3 },
        });

        Assert.Equal((15, 2, 0.1), (options.Layout.NeighborCount, options.Layout.ComponentCount, options.Layout.MinDistance));
        Assert.Equal(DistanceMetric.Euclidean, options.Layout.Metric);
        Assert.Equal(5, options.Clusters.MinClusterSize);
        Assert.Equal(1, options.Words.MaxNgram);
        Assert.Equal(318, options.Words.StopWords.Count);
    }

    [Theory]
    [InlineData("german", "und", true)]
    [InlineData("en", "top", false)]
    [InlineData("en", "didn", true)]
    [InlineData("english", "top", true)]
    [InlineData("none", "the", false)]
    [InlineData("", "the", false)]
    public void FitSettings_StopWordsByName_AreTheirListAndComeBack(string name, string word, bool expected)
    {
        TopicModelOptions options = FitSettingsContract.FromProto(new FitSettings { Vectorizer = new() { StopWords = name } });

        Assert.Equal(expected, options.Words.StopWords.Contains(word));
        Assert.Equal(AutomaticChoices.None, options.Automatic);
        VectorizerSettings back = FitSettingsContract.ToProto(options).Vectorizer;
        Assert.Equal(options.Words.StopWords.Count == 0 ? "" : name, back.StopWords);
    }

    [Fact]
    public void StopWords_NamesOfTheContract_AreTheLanguagesOfTheEngine()
    {
        string[] others = ["auto", "none", "", "en"];
        string[] expected = [.. Language.All.Select(static language => language.Name).Concat(others).Order(StringComparer.Ordinal)];

        FieldLimits limits = VectorizerSettings.Descriptor.FindFieldByName("stop_words").GetOptions().GetExtension(LimitsExtensions.Limits);

        Assert.Equal(expected, limits.Values.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(FitSettings.Types.Preset.Bertopic)]
    [InlineData(FitSettings.Types.Preset.Auto)]
    public void FitSettings_AutomaticStopWords_AreAChoiceOfAnyPreset(FitSettings.Types.Preset preset)
    {
        TopicModelOptions options = FitSettingsContract.FromProto(
            new FitSettings { Preset = preset, Vectorizer = new() { StopWords = "auto" } });

        Assert.True(options.Automatic.HasFlag(AutomaticChoices.StopWords));
        Assert.Equal(preset == FitSettings.Types.Preset.Auto, options.Automatic.HasFlag(AutomaticChoices.MinClusterSize));
    }

    [Fact]
    public void FitSettings_SegmentationAndNamesGiven_AreNoChoice()
    {
        TopicModelOptions options = FitSettingsContract.FromProto(new FitSettings
        {
            Preset = FitSettings.Types.Preset.Auto,
            TopicNames = "id_words",
            Vectorizer = new() { Segmentation = "unicode" },
        });

        Assert.Equal(WordSegmentation.Unicode, options.Words.Segmentation);
        Assert.Equal(TopicNaming.IdWords, options.Naming);
        Assert.False(options.Automatic.HasFlag(AutomaticChoices.Segmentation));
        Assert.False(options.Automatic.HasFlag(AutomaticChoices.Naming));
    }

    [Fact]
    public void FitSettings_Resolved_GiveTheSameWhenSentBack()
    {
        FitSettings settings = new()
        {
            Umap = new UmapSettings { NNeighbors = 12, NEpochs = 77, Metric = "cosine" },
            Vectorizer = new VectorizerSettings
            {
                StopWordList = new() { Words = { "a", "b" } },
                MinDfShare = 0.01,
                MaxDfCount = 9,
                NgramRange = new NgramRange { Min = 1, Max = 2 },
                MaxFeatures = 5,
            },
            Ctfidf = new CtfidfSettings { Bm25Weighting = true, SeedWords = { "x" } },
            NrTopicsAuto = true,
            Seed = 7,
            SeedTopicList = { new FitSettings.Types.SeedTopic { Words = { "moon", "rocket" } } },
            RepresentationModel = new RepresentationSettings
            {
                Main =
                {
                    new Representation { KeyBertInspired = new() { NrReprDocs = 4 } },
                    new Representation { MaximalMarginalRelevance = new() { Diversity = 0.2 } },
                },
                Aspects = { new AspectSettings { Name = "Weighted" } },
            },
        };

        FitSettings resolved = FitSettingsContract.ToProto(FitSettingsContract.FromProto(settings));

        Assert.Equal(resolved, FitSettingsContract.ToProto(FitSettingsContract.FromProto(resolved)));
        Assert.True(resolved.NrTopicsAuto);
        Assert.Equal(77, resolved.Umap.NEpochs);
        Assert.Equal(["moon", "rocket"], resolved.SeedTopicList.Single().Words);
        Assert.Equal(0.7, resolved.ZeroshotMinSimilarity);
        Assert.Equal(
            (4, 100),
            (
                resolved.RepresentationModel.Main[0].KeyBertInspired.NrReprDocs,
                resolved.RepresentationModel.Main[0].KeyBertInspired.NrCandidateWords));
        Assert.Equal("Weighted", resolved.RepresentationModel.Aspects.Single().Name);
    }
}
