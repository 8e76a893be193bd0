namespace TopicGrpc.Server.Erasing;

/// <summary>Log messages of erasures; ids from 1300. No message contains an id or a text.</summary>
internal static partial class Log
{
    [LoggerMessage(
        1301, LogLevel.Information, "{Erasure}: {Documents} documents were removed from all files; versions replaced: {Versions}.")]
    public static partial void Removed(ILogger logger, string erasure, long documents, int versions);

    [LoggerMessage(
        1302,
        LogLevel.Error,
        "Erased documents of {Corpus} cannot be removed from the disk yet; they stay hidden. The next attempt is in {Seconds:0} seconds.")]
    public static partial void RemovalWaits(ILogger logger, Exception exception, string corpus, double seconds);

    [LoggerMessage(
        1303,
        LogLevel.Error,
        "Erased documents of {Corpus} cannot be found, so versions may show them until the corpus can be read.")]
    public static partial void NotFound(ILogger logger, Exception exception, string corpus);

    [LoggerMessage(1304, LogLevel.Information, "The retention of {Corpus} erases {Documents} documents.")]
    public static partial void Expired(ILogger logger, string corpus, long documents);

    [LoggerMessage(1305, LogLevel.Error, "The ages of the documents of {Corpus} cannot be checked; the next check tries again.")]
    public static partial void ExpiryFailed(ILogger logger, Exception exception, string corpus);

    [LoggerMessage(
        1306, LogLevel.Warning, "The claim on erasures of the cluster cannot be read or changed. The next attempt is in a moment.")]
    public static partial void ClaimFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        1307, LogLevel.Warning, "{Erasure}: its corpus was deleted, so versions may keep documents of it. Delete these versions.")]
    public static partial void CorpusGone(ILogger logger, string erasure);
}
