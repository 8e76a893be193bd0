using Microsoft.Extensions.Logging;
using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Cluster.Checkpoints;

/// <summary>Log messages of checkpoints; ids from 8970.</summary>
internal static partial class Log
{
    [LoggerMessage(8970, LogLevel.Information, "The fit {Fit} continues after the stage {Stage}, whose result an earlier run stored.")]
    public static partial void Continued(ILogger logger, string fit, FitStage stage);

    [LoggerMessage(8971, LogLevel.Information, "The result of the stage {Stage} of the fit {Fit} is stored.")]
    public static partial void Stored(ILogger logger, string fit, FitStage stage);

    [LoggerMessage(8972, LogLevel.Warning, "The stored result of the stage {Stage} of the fit {Fit} cannot be used; the stage runs again.")]
    public static partial void NotRead(ILogger logger, Exception exception, string fit, FitStage stage);

    [LoggerMessage(
        8973, LogLevel.Warning, "The result of the stage {Stage} of the fit {Fit} was not stored; a later run computes the stage again.")]
    public static partial void NotStored(ILogger logger, Exception exception, string fit, FitStage stage);

    [LoggerMessage(
        8974, LogLevel.Information, "The fit {Fit} uses the {Documents} documents of its first run, not the {Later} that arrived later.")]
    public static partial void DocumentsFixed(ILogger logger, string fit, long documents, long later);
}
