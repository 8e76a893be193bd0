using Microsoft.Extensions.Logging;

namespace TopicGrpc.Cluster.ObjectStore.Opening;

/// <summary>Log messages of the object store; ids from 8100.</summary>
internal static partial class Log
{
    [LoggerMessage(8101, LogLevel.Information, "The object store stores, returns and deletes objects; it belongs to cluster {Cluster}.")]
    public static partial void StoreReady(ILogger logger, string cluster);

    [LoggerMessage(
        8102,
        LogLevel.Warning,
        "The object store is unavailable. Predictions continue; ingest, publications, and versions without a local copy wait for it.")]
    public static partial void StoreFails(ILogger logger);

    [LoggerMessage(8103, LogLevel.Information, "The object store is available again.")]
    public static partial void StoreAnswers(ILogger logger);

    [LoggerMessage(
        8104, LogLevel.Warning, "The object store is unavailable at the start. The server starts with its local copies and retries.")]
    public static partial void StoreAwayAtStart(ILogger logger, Exception exception);
}
