using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Settings;

/// <summary>
/// Maps the settings of a fit between SDK and contract. A null property is an absent field: the default of the server applies.
/// </summary>
internal static class FitSettingsMapping
{
    public static Wire.FitSettings Map(FitSettings settings)
    {
        Wire.FitSettings wire = new()
        {
            Preset = settings.Preset == FitPreset.Auto ? Wire.FitSettings.Types.Preset.Auto : Wire.FitSettings.Types.Preset.Unspecified,
            Umap = settings.Umap is null ? null : UmapMapping.Map(settings.Umap),
            Hdbscan = settings.Hdbscan is null ? null : HdbscanMapping.Map(settings.Hdbscan),
            Vectorizer = settings.Vectorizer is null ? null : VectorizerMapping.Map(settings.Vectorizer),
            Ctfidf = settings.Ctfidf is null ? null : CtfidfMapping.Map(settings.Ctfidf),
            NGramRange = NgramRangeMapping.Map(settings.NgramRange),
            CoherenceMeasures = { settings.CoherenceMeasures },
            SeedTopicList = { settings.SeedTopics.Select(static words => new Wire.FitSettings.Types.SeedTopic { Words = { words } }) },
            ZeroshotTopicList = { settings.ZeroShotTopics },
            RepresentationModel = settings.Representation is null ? null : RepresentationMapping.Map(settings.Representation),
            Sample = settings.Sample is null ? null : SampleMapping.Map(settings.Sample),
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
        WireValue.Set(settings.MergeDuplicates, value => wire.MergeDuplicates = value);
        WireValue.Set(settings.Granularity, value => wire.Granularity = value);
        WireValue.Set(settings.Seed, value => wire.Seed = value);
        WireValue.Set(settings.TopicNames, value => wire.TopicNames = value);
        WireValue.Set(settings.ZeroShotMinSimilarity, value => wire.ZeroshotMinSimilarity = value);
        WireValue.Set(settings.OutlierPolicy, value => wire.OutlierPolicy = value);
        WireValue.Set(settings.OutlierMinSimilarity, value => wire.OutlierMinSimilarity = value);
        WireValue.Set(settings.NoveltyThreshold, value => wire.NoveltyThreshold = value);
        return wire;
    }

    public static FitSettings Map(Wire.FitSettings? wire) => wire is null ? new FitSettings() : new FitSettings
    {
        Preset = wire.Preset == Wire.FitSettings.Types.Preset.Auto ? FitPreset.Auto : FitPreset.Bertopic,
        Umap = wire.Umap is null ? null : UmapMapping.Map(wire.Umap),
        Hdbscan = wire.Hdbscan is null ? null : HdbscanMapping.Map(wire.Hdbscan),
        Vectorizer = wire.Vectorizer is null ? null : VectorizerMapping.Map(wire.Vectorizer),
        Ctfidf = wire.Ctfidf is null ? null : CtfidfMapping.Map(wire.Ctfidf),
        Reduction = wire.ReductionCase switch
        {
            Wire.FitSettings.ReductionOneofCase.NrTopics => TopicReduction.To(wire.NrTopics),
            Wire.FitSettings.ReductionOneofCase.NrTopicsAuto when wire.NrTopicsAuto => TopicReduction.Auto,
            _ => TopicReduction.None,
        },
        TopWordCount = wire.HasTopNWords ? wire.TopNWords : null,
        MinTopicSize = wire.HasMinTopicSize ? wire.MinTopicSize : null,
        NgramRange = NgramRangeMapping.Map(wire.NGramRange),
        CalculateProbabilities = wire.HasCalculateProbabilities ? wire.CalculateProbabilities : null,
        Seed = wire.HasSeed ? wire.Seed : null,
        TopicNames = wire.HasTopicNames ? wire.TopicNames : null,
        CoherenceMeasures = [.. wire.CoherenceMeasures],
        SeedTopics = [.. wire.SeedTopicList.Select(static topic => topic.Words.ToArray())],
        ZeroShotTopics = [.. wire.ZeroshotTopicList],
        ZeroShotMinSimilarity = wire.HasZeroshotMinSimilarity ? wire.ZeroshotMinSimilarity : null,
        Representation = wire.RepresentationModel is null ? null : RepresentationMapping.Map(wire.RepresentationModel),
        TargetAttribute = wire.TargetAttribute.Length == 0 ? null : wire.TargetAttribute,
        TopicAttribute = wire.TopicAttribute.Length == 0 ? null : wire.TopicAttribute,
        OutlierPolicy = wire.HasOutlierPolicy ? wire.OutlierPolicy : null,
        OutlierMinSimilarity = wire.HasOutlierMinSimilarity ? wire.OutlierMinSimilarity : null,
        NoveltyThreshold = wire.HasNoveltyThreshold ? wire.NoveltyThreshold : null,
        Granularity = wire.HasGranularity ? wire.Granularity : null,
        Sample = wire.Sample is null ? null : SampleMapping.Map(wire.Sample),
        MergeDuplicates = wire.HasMergeDuplicates ? wire.MergeDuplicates : null,
    };
}
