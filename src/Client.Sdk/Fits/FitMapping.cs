using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Operations;
using TopicGrpc.Client.Settings;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Fits;

/// <summary>Fits and their reports.</summary>
internal static class FitMapping
{
    public static FitInfo Map(Wire.Fit wire) => new()
    {
        Name = WireNames.Id(wire.Name),
        Kind = Map(wire.Kind),
        Model = WireNames.Id(wire.Model),
        Corpus = WireNames.Id(wire.Corpus),
        State = Map(wire.State),
        Settings = wire.Settings is null ? null : FitSettingsMapping.Map(wire.Settings),
        ParentVersion = wire.ParentVersion.Length == 0 ? null : WireNames.ParseVersion(wire.ParentVersion).Version,
        Operation = OperationMapping.Map(wire.Operation),
        Labels = [.. wire.AssignLabels],
        Progress = new FitProgress(Map(wire.State), Map(wire.Stage), wire.StageProgress, wire.DocumentsPerSecond),
        DocumentCount = wire.DocumentCount,
        Version = wire.ModelVersion.Length == 0 ? null : WireNames.ParseVersion(wire.ModelVersion).Version,
        Report = wire.Report is null ? null : Map(wire.Report),
        Error = wire.Error is null ? null : ErrorTranslation.Read(wire.Error),
        ErrorMessage = wire.Error?.Message ?? "",
        Created = WireTimes.Time(wire.CreateTime),
        CreatedBy = wire.CreatedBy,
        Estimate = wire.Estimate is null ? null : Map(wire.Estimate),
        Started = WireTimes.Time(wire.StartTime),
        Ended = WireTimes.Time(wire.EndTime),
    };

    public static FitReport Map(Wire.FitReport wire) => new()
    {
        DocumentCount = wire.DocumentCount,
        EmbeddingDimension = wire.EmbeddingDimension,
        DocumentsPerSecond = wire.DocumentsPerSecond,
        CachedEmbeddingCount = wire.KeptEmbeddingCount,
        TruncatedCount = wire.TruncatedCount,
        TopicCount = wire.TopicCount,
        OutlierCount = wire.OutlierCount,
        Stages =
        [
            .. wire.StageTimes.Select(
                static time => new StageTime(Map(time.Stage), WireTimes.Span(time.Duration), time.DocumentsPerSecond)),
        ],
        Warnings = [.. wire.Warnings],
        Settings = FitSettingsMapping.Map(wire.Settings),
        Quality = wire.Quality is null ? null : Map(wire.Quality),
        Choices = [.. wire.SettingChoices.Select(static choice => new SettingChoice(choice.Setting, choice.Value, choice.Reason))],
        Resolution =
        [
            .. wire.ResolutionPoints.Select(static point => new ResolutionPoint(
                point.MinClusterSize,
                point.MaxClusterSize,
                point.TopicCount,
                point.OutlierCount,
                point.Agreement,
                point.Eligible,
                point.Chosen)),
        ],
        Duplicates =
        [
            .. wire.DuplicateGroups.Select(
                static group => new DuplicateGroup(group.DocumentId, group.DocumentCount, group.TextCount)),
        ],
        Languages = [.. wire.Languages.Select(static share => new LanguageShare(share.Language, share.Share))],
        Sample = wire.Sample is null ? null : Map(wire.Sample),
        Elapsed = WireTimes.Span(wire.Duration),
        Estimate = wire.Estimate is null ? null : Map(wire.Estimate),
    };

    public static FitEstimate Map(Wire.FitEstimate wire) => new()
    {
        DocumentCount = wire.DocumentCount,
        Stages =
        [
            .. wire.Stages.Select(
                static stage => new StageEstimate(Map(stage.Stage), WireTimes.Span(stage.Duration), stage.MemoryBytes)),
        ],
        Duration = WireTimes.Span(wire.Duration),
        MemoryBytes = wire.MemoryBytes,
        MemoryLimitBytes = wire.MemoryLimitBytes,
        MeasuredFitCount = wire.MeasuredFitCount,
    };

    private static FitSample Map(Wire.FitReport.Types.Sample wire) => new()
    {
        Size = wire.Size,
        StratumCount = wire.StratumCount,
        Strata =
        [
            .. wire.Strata.Select(static stratum => new SampleStratum(stratum.Name, stratum.DocumentCount, stratum.SampledCount)),
        ],
        SampledOutlierShare = wire.SampledOutlierShare,
        AssignedOutlierShare = wire.AssignedOutlierShare,
        SampledMeanProbability = wire.SampledMeanProbability,
        AssignedMeanProbability = wire.AssignedMeanProbability,
        SizeDifference = wire.SizeDifference,
        AddedTopicCount = wire.AddedTopicCount,
    };

    private static FitQuality Map(Wire.FitQuality wire) => new()
    {
        TopicCount = wire.TopicCount,
        OutlierShare = wire.OutlierShare,
        LargestTopicSize = wire.LargestTopicSize,
        LargestTopicShare = wire.LargestTopicShare,
        Diversity = wire.HasDiversity ? wire.Diversity : null,
        Coherences =
        [
            .. wire.Coherences.Select(
                static score => new TopicCoherence(score.Measure, score.HasMean ? score.Mean : null, score.TopicScores.ToDictionary())),
        ],
        TopicPersistences = wire.TopicPersistences.ToDictionary(),
        Agreement = wire.Agreement is null ? null : new PredictionAgreement(wire.Agreement.Share, wire.Agreement.SampleSize),
        Seed = wire.Seed,
        EncoderSha256 = wire.EncoderSha256,
    };

    private static FitKind Map(Wire.Fit.Types.Kind kind) => kind switch
    {
        Wire.Fit.Types.Kind.Fit => FitKind.Fit,
        Wire.Fit.Types.Kind.Derivation => FitKind.Derivation,
        Wire.Fit.Types.Kind.Assignment => FitKind.Assignment,
        _ => FitKind.Unknown,
    };

    private static FitState Map(Wire.Fit.Types.State state) => state switch
    {
        Wire.Fit.Types.State.Queued => FitState.Queued,
        Wire.Fit.Types.State.Running => FitState.Running,
        Wire.Fit.Types.State.Cancelling => FitState.Cancelling,
        Wire.Fit.Types.State.Succeeded => FitState.Succeeded,
        Wire.Fit.Types.State.Failed => FitState.Failed,
        Wire.Fit.Types.State.Cancelled => FitState.Cancelled,
        _ => FitState.Unknown,
    };

    private static FitStage Map(Wire.Fit.Types.Stage stage) => stage switch
    {
        Wire.Fit.Types.Stage.Embedding => FitStage.Embedding,
        Wire.Fit.Types.Stage.Neighbors => FitStage.Neighbors,
        Wire.Fit.Types.Stage.Layout => FitStage.Layout,
        Wire.Fit.Types.Stage.Clusters => FitStage.Clusters,
        Wire.Fit.Types.Stage.Probabilities => FitStage.Probabilities,
        Wire.Fit.Types.Stage.Assignment => FitStage.Assignment,
        Wire.Fit.Types.Stage.Topics => FitStage.Topics,
        Wire.Fit.Types.Stage.Quality => FitStage.Quality,
        Wire.Fit.Types.Stage.Publishing => FitStage.Publishing,
        _ => FitStage.None,
    };
}
