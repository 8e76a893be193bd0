namespace TopicGrpc.Server.Corpora;

/// <summary>Log messages of corpora; ids from 5000. No message contains the text of a document.</summary>
internal static partial class Log
{
    [LoggerMessage(
        5001,
        LogLevel.Warning,
        "Corpus {Corpus}: removed {Bytes} bytes of a record that a crash left incomplete; the record was never acknowledged.")]
    public static partial void TornTailCut(ILogger logger, string corpus, long bytes);

    [LoggerMessage(5002, LogLevel.Information, "Corpus {Corpus} was deleted.")]
    public static partial void CorpusDeleted(ILogger logger, string corpus);

    public static void Committed(ILogger logger, string corpus, string session, AppendResult result) =>
        Committed(logger, corpus, session, result.Accepted, result.Duplicates, result.Rejections.Count, result.NextOffset);

    [LoggerMessage(
        5003,
        LogLevel.Debug,
        "Corpus {Corpus}, session {Session}: {Accepted} stored, {Duplicates} duplicate, {Rejected} rejected; durable up to {NextOffset}.")]
    private static partial void Committed(
        ILogger logger,
        string corpus,
        string session,
        int accepted,
        int duplicates,
        int rejected,
        long nextOffset);
}
