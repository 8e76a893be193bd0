namespace TopicGrpc.Server.Corpora;

/// <summary>Log messages of the corpora; ids from 5000. None holds a document's text.</summary>
internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Warning, "Corpus {Corpus}: cut {Bytes} bytes of a record that a crash had left unfinished; it was never acknowledged.")]
    public static partial void TornTailCut(ILogger logger, string corpus, long bytes);

    [LoggerMessage(5002, LogLevel.Information, "Corpus {Corpus} was deleted.")]
    public static partial void CorpusDeleted(ILogger logger, string corpus);

    [LoggerMessage(5003, LogLevel.Debug, "Corpus {Corpus}, session {Session}: {Accepted} stored, {Duplicates} known, {Rejected} refused; durable up to {NextOffset}.")]
    public static partial void Committed(ILogger logger, string corpus, string session, int accepted, int duplicates, int rejected, long nextOffset);
}
