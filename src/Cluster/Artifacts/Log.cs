using Microsoft.Extensions.Logging;

namespace TopicGrpc.Cluster.Artifacts;

/// <summary>Log messages of artifacts; ids from 8600.</summary>
internal static partial class Log
{
    [LoggerMessage(
        8601,
        LogLevel.Debug,
        "A sweep deleted {Deleted} objects without references and {Strays} unknown objects, aborted {Uploads} uploads, and gave up "
        + "{Abandoned} publications.")]
    public static partial void Swept(ILogger logger, int deleted, int strays, int uploads, int abandoned);

    [LoggerMessage(8602, LogLevel.Warning, "A sweep of the object store failed. The next one continues.")]
    public static partial void SweepFailed(ILogger logger, Exception exception);
}
