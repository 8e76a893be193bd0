using Microsoft.Extensions.Logging;

namespace TopicGrpc.Cluster.Documents;

/// <summary>Log messages of the shared logs of corpora; ids from 8500.</summary>
internal static partial class Log
{
    [LoggerMessage(8501, LogLevel.Debug, "A sweep deleted {Deleted} objects of records that no corpus uses.")]
    public static partial void Swept(ILogger logger, int deleted);

    [LoggerMessage(8502, LogLevel.Warning, "A sweep of the records in the object store failed. The next one continues.")]
    public static partial void SweepFailed(ILogger logger, Exception exception);
}
