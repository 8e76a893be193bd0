using Microsoft.Extensions.Logging;

namespace TopicGrpc.Cluster.Erasing;

/// <summary>Log messages of erasures in a cluster; ids from 8950. No message contains an id or a text of a document.</summary>
internal static partial class Log
{
    [LoggerMessage(
        8951, LogLevel.Information, "The files of this member have nothing of the documents that were erased from corpus {Corpus}.")]
    public static partial void Removed(ILogger logger, string corpus);

    [LoggerMessage(
        8952,
        LogLevel.Warning,
        "Erased documents cannot be removed from the files of this member yet; they stay hidden. The next attempt is in {Seconds} s.")]
    public static partial void RemovalFailed(ILogger logger, Exception exception, double seconds);
}
