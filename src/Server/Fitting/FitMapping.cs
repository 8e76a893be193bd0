using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Server.Contract;
using TopicGrpc.V1;
using FitReport = TopicGrpc.Engine.Topics.Reports.FitReport;

namespace TopicGrpc.Server.Fitting;

/// <summary>Maps stages and reports of fits to the contract.</summary>
internal static class FitMapping
{
    public static Fit.Types.Stage ToProto(FitStage stage) => stage switch
    {
        FitStage.Embedding => Fit.Types.Stage.Embedding,
        FitStage.Neighbors => Fit.Types.Stage.Neighbors,
        FitStage.Layout => Fit.Types.Stage.Layout,
        FitStage.Clusters => Fit.Types.Stage.Clusters,
        FitStage.Probabilities => Fit.Types.Stage.Probabilities,
        FitStage.Assignment => Fit.Types.Stage.Assignment,
        FitStage.Topics => Fit.Types.Stage.Topics,
        FitStage.Quality => Fit.Types.Stage.Quality,
        FitStage.Publishing => Fit.Types.Stage.Publishing,
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "The stage is not known."),
    };

    public static V1.FitReport ToProto(FitReport report, EmbedderInfo encoder, EmbeddingSummary embedding, TimeSpan total)
    {
        V1.FitReport message = ToProto(report, encoder, total);
        message.DocumentsPerSecond = embedding.DocumentsPerSecond;
        message.TruncatedCount = embedding.Truncated;
        message.KeptEmbeddingCount = embedding.Kept;
        message.StageTimes.Insert(0, Stage(FitStage.Embedding, embedding.Duration, embedding.DocumentsPerSecond));
        return message;
    }

    /// <summary>Maps the report of a derived version: all embeddings were cached.</summary>
    public static V1.FitReport ToProto(FitReport report, EmbedderInfo encoder, V1.FitReport parent, TimeSpan total)
    {
        V1.FitReport message = ToProto(report, encoder, total);
        message.TruncatedCount = parent.TruncatedCount;
        message.KeptEmbeddingCount = report.Documents;
        return message;
    }

    /// <summary>Maps the report of an imported version: there are no documents.</summary>
    public static V1.FitReport ToProto(FitReport report, EmbedderInfo encoder, TimeSpan total)
    {
        V1.FitReport message = new()
        {
            DocumentCount = report.Documents,
            EmbeddingDimension = encoder.Dimension,
            TopicCount = report.Topics,
            OutlierCount = report.Outliers,
            Settings = FitSettingsContract.ToProto(report.Settings),
            Duration = Duration.FromTimeSpan(total),
            Quality = report.Quality is null ? null : QualityMapping.ToProto(report.Quality, report.Seed, GivenEncoder.WeightsOf(encoder)),
        };
        message.SettingChoices.AddRange(report.Choices.Select(static choice =>
            new V1.FitReport.Types.SettingChoice { Setting = choice.Setting, Value = choice.Value, Reason = choice.Reason }));
        message.ResolutionPoints.AddRange(report.Resolution.Select(static point => new V1.FitReport.Types.ResolutionPoint
        {
            MinClusterSize = point.MinClusterSize,
            MaxClusterSize = point.MaxClusterSize,
            TopicCount = point.Topics,
            OutlierCount = point.Outliers,
            Agreement = point.Agreement,
            Eligible = point.Eligible,
            Chosen = point.Chosen,
        }));
        message.DuplicateGroups.AddRange(report.Duplicates.Select(static group => new V1.FitReport.Types.DuplicateGroup
        {
            DocumentId = group.DocumentId,
            DocumentCount = group.Documents,
            TextCount = group.Texts,
        }));
        message.Languages.AddRange(report.Languages.Select(static share =>
            new V1.FitReport.Types.LanguageShare { Language = share.Language, Share = share.Share }));
        message.Sample = report.Sample is null ? null : ToProto(report.Sample);
        message.StageTimes.AddRange(report.Stages.Select(stage =>
            Stage(stage.Stage, TimeSpan.FromSeconds(stage.Seconds), stage.Seconds > 0 ? report.Documents / stage.Seconds : 0)));
        message.Warnings.AddRange(report.Warnings.Select(static warning => warning.Message));
        return message;
    }

    private static V1.FitReport.Types.Sample ToProto(SampleReport sample)
    {
        V1.FitReport.Types.Sample message = new()
        {
            Size = sample.Size,
            StratumCount = sample.StratumCount,
            SampledOutlierShare = sample.SampledOutlierShare,
            AssignedOutlierShare = sample.AssignedOutlierShare,
            SampledMeanProbability = sample.SampledMeanProbability,
            AssignedMeanProbability = sample.AssignedMeanProbability,
            SizeDifference = sample.SizeDifference,
            AddedTopicCount = sample.AddedTopics,
        };
        message.Strata.AddRange(sample.Strata.Select(static stratum => new V1.FitReport.Types.Sample.Types.Stratum
        {
            Name = stratum.Name,
            DocumentCount = stratum.Documents,
            SampledCount = stratum.Sampled,
        }));
        return message;
    }

    private static V1.FitReport.Types.StageTime Stage(FitStage stage, TimeSpan duration, double documentsPerSecond) =>
        new() { Stage = ToProto(stage), Duration = Duration.FromTimeSpan(duration), DocumentsPerSecond = documentsPerSecond };
}
