using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Contract;

/// <summary>
/// Maps the settings of a fit between contract and engine. The limits are options of the contract and already checked here. The defaults
/// are those of the engine's records: an absent sub-model is BERTopic's own, and a given sub-model has the defaults of its library.
/// </summary>
internal static class FitSettingsContract
{
    private const string DistinctNames = "distinct";
    private const string IdWords = "id_words";

    /// <summary>Returns the options of a fit.</summary>
    public static TopicModelOptions FromProto(FitSettings settings)
    {
        TopicModelOptions given = new();
        bool isAutomatic = settings.Preset == FitSettings.Types.Preset.Auto;
        return OutlierPolicyContract.Apply(settings, given) with
        {
            Layout = UmapContract.FromProto(settings.Umap, isAutomatic, settings.HasSeed ? settings.Seed : null),
            Clusters = HdbscanContract.FromProto(settings.Hdbscan, isAutomatic, settings.HasMinTopicSize ? settings.MinTopicSize : null),
            Words = VectorizerContract.FromProto(settings.Vectorizer, settings.NGramRange),
            Weights = CtfidfContract.FromProto(settings.Ctfidf),
            TopWordCount = settings.HasTopNWords ? settings.TopNWords : given.TopWordCount,
            Reduction = settings.ReductionCase switch
            {
                FitSettings.ReductionOneofCase.NrTopics => new TopicReduction(settings.NrTopics, Automatic: false),
                FitSettings.ReductionOneofCase.NrTopicsAuto when settings.NrTopicsAuto => TopicReduction.Auto,
                _ => given.Reduction,
            },
            CalculateProbabilities = settings.HasCalculateProbabilities ? settings.CalculateProbabilities : given.CalculateProbabilities,
            SeedTopics = [.. settings.SeedTopicList.Select(static topic => topic.Words.ToArray())],
            ZeroShotTopics = [.. settings.ZeroshotTopicList],
            ZeroShotMinSimilarity = settings.HasZeroshotMinSimilarity ? settings.ZeroshotMinSimilarity : given.ZeroShotMinSimilarity,
            CoherenceMeasures = QualityMapping.FromProto(settings),
            Naming = settings.TopicNames == DistinctNames ? TopicNaming.Distinct : given.Naming,
            Representations = RepresentationContract.FromProto(settings.RepresentationModel),
            Automatic = AutomaticContract.Choices(settings),
            Granularity = AutomaticContract.GranularityOf(settings),
            MergeDuplicates = settings.HasMergeDuplicates ? settings.MergeDuplicates : isAutomatic,
            Sample = SampleContract.FromProto(settings.Sample),
        };
    }

    /// <summary>Returns the settings with all defaults filled in. <see cref="FromProto"/> maps them to equal options.</summary>
    public static FitSettings ToProto(TopicModelOptions options)
    {
        FitSettings settings = new()
        {
            Umap = UmapContract.ToProto(options.Layout),
            Hdbscan = HdbscanContract.ToProto(options.Clusters),
            Vectorizer = VectorizerContract.ToProto(options.Words),
            Ctfidf = CtfidfContract.ToProto(options.Weights),
            TopNWords = options.TopWordCount,
            CalculateProbabilities = options.CalculateProbabilities,
            Seed = options.Layout.Seed,
            SeedTopicList = { options.SeedTopics.Select(static words => new FitSettings.Types.SeedTopic { Words = { words } }) },
            ZeroshotTopicList = { options.ZeroShotTopics },
            ZeroshotMinSimilarity = options.ZeroShotMinSimilarity,
            OutlierPolicy = OutlierPolicyContract.ToProto(options.OutlierPolicy),
            OutlierMinSimilarity = options.OutlierMinSimilarity,
            NoveltyThreshold = options.NoveltyThreshold,
            CoherenceMeasures = { options.CoherenceMeasures.Select(QualityMapping.NameOf) },
            RepresentationModel = RepresentationContract.ToProto(options.Representations),
            TopicNames = options.Naming == TopicNaming.Distinct ? DistinctNames : IdWords,
            Preset = FitSettings.Types.Preset.Bertopic,
            Granularity = "auto",
            MergeDuplicates = options.MergeDuplicates,
            Sample = SampleContract.ToProto(options.Sample),
        };
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

    /// <summary>Adds the attributes of the classes and topics, which the options of the engine do not contain.</summary>
    public static void AddAttributes(FitSettings settings, FitSettings given)
    {
        settings.TargetAttribute = given.TargetAttribute;
        settings.TopicAttribute = given.TopicAttribute;
    }

    /// <summary>
    /// Adds the attributes of a derived version: that of the operation if it replaced the topics, otherwise those of the parent.
    /// </summary>
    public static void AddAttributes(FitSettings settings, FitSettings parent, VersionOperation operation) => AddAttributes(
        settings,
        operation.UpdateTopics is { TopicAttribute.Length: > 0 } update
            ? new FitSettings { TopicAttribute = update.TopicAttribute }
            : parent);
}
