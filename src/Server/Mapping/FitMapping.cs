using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Fitting;
using TopicGrpc.V1;
using FitReport = TopicGrpc.Engine.Topics.FitReport;

namespace TopicGrpc.Server.Mapping;

/// <summary>Stages and reports of fits for the contract.</summary>
internal static class FitMapping
{
    public static Fit.Types.Stage ToProto(FitStage stage) => stage switch
    {
        FitStage.Embedding => Fit.Types.Stage.Embedding,
        FitStage.Neighbors => Fit.Types.Stage.Neighbors,
        FitStage.Layout => Fit.Types.Stage.Layout,
        FitStage.Clusters => Fit.Types.Stage.Clusters,
        FitStage.Probabilities => Fit.Types.Stage.Probabilities,
        FitStage.Topics => Fit.Types.Stage.Topics,
        FitStage.Quality => Fit.Types.Stage.Quality,
        FitStage.Publishing => Fit.Types.Stage.Publishing,
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "Unknown stage."),
    };

    public static V1.FitReport ToProto(FitReport report, EmbeddingSummary embedding, TimeSpan total)
    {
        V1.FitReport message = new()
        {
            DocumentCount = report.Documents,
            EmbeddingDimension = embedding.Rows.Columns,
            DocumentsPerSecond = embedding.DocumentsPerSecond,
            TruncatedCount = embedding.Truncated,
            KeptEmbeddingCount = embedding.Kept,
            TopicCount = report.Topics,
            OutlierCount = report.Outliers,
            Settings = ResolvedSettings.ToProto(report.Settings),
            Duration = Duration.FromTimeSpan(total),
        };
        message.StageTimes.Add(Stage(FitStage.Embedding, embedding.Duration));
        message.StageTimes.AddRange(report.Stages.Select(static stage => Stage(stage.Stage, TimeSpan.FromSeconds(stage.Seconds))));
        message.Warnings.AddRange(report.Warnings.Select(static warning => warning.Message));
        return message;
    }

    /// <summary>Report of a version derived from another: nothing was embedded.</summary>
    public static V1.FitReport ToProto(FitReport report, V1.FitReport parent, TimeSpan total)
    {
        V1.FitReport message = ToProto(report, parent.EmbeddingDimension, total);
        message.TruncatedCount = parent.TruncatedCount;
        message.KeptEmbeddingCount = report.Documents;
        return message;
    }

    /// <summary>Report of a version that no documents were at hand for.</summary>
    public static V1.FitReport ToProto(FitReport report, int dimension, TimeSpan total)
    {
        V1.FitReport message = new()
        {
            DocumentCount = report.Documents,
            EmbeddingDimension = dimension,
            TopicCount = report.Topics,
            OutlierCount = report.Outliers,
            Settings = ResolvedSettings.ToProto(report.Settings),
            Duration = Duration.FromTimeSpan(total),
        };
        message.StageTimes.AddRange(report.Stages.Select(static stage => Stage(stage.Stage, TimeSpan.FromSeconds(stage.Seconds))));
        message.Warnings.AddRange(report.Warnings.Select(static warning => warning.Message));
        return message;
    }

    private static V1.FitReport.Types.StageTime Stage(FitStage stage, TimeSpan duration) => new() { Stage = ToProto(stage), Duration = Duration.FromTimeSpan(duration) };
}
