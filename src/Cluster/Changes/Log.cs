using Microsoft.Extensions.Logging;

namespace TopicGrpc.Cluster.Changes;

/// <summary>Log messages of changes of other members; ids from 8700.</summary>
internal static partial class Log
{
    [LoggerMessage(8701, LogLevel.Warning, "Changes of kind '{Kind}' could not be taken over. The server retries.")]
    public static partial void RefreshFailed(ILogger logger, Exception exception, string kind);

    [LoggerMessage(
        8702,
        LogLevel.Warning,
        "Changes of other members cannot be read. The server answers with what it has, and retries every second.")]
    public static partial void FeedFailed(ILogger logger, Exception exception);

    [LoggerMessage(8703, LogLevel.Information, "Changes of other members are read again, up to number {Number}.")]
    public static partial void FeedWorks(ILogger logger, long number);

    [LoggerMessage(8704, LogLevel.Warning, "Change {Number} is not yet applied by {Members} after {Seconds} s.")]
    public static partial void MembersBehind(ILogger logger, long number, string members, double seconds);
}
