namespace TopicGrpc.Server.Corpora;

/// <summary>Log messages of corpora; ids from 5000. No message contains the text of a document.</summary>
internal static partial class Log
{
    [LoggerMessage(
        5001,
        LogLevel.Warning,
        "Corpus {Corpus}: an interrupted write left {Bytes} bytes, which were never acknowledged. They were moved to quarantine.")]
    public static partial void TornTailMoved(ILogger logger, string corpus, long bytes);

    [LoggerMessage(5002, LogLevel.Information, "Corpus {Corpus} was deleted.")]
    public static partial void CorpusDeleted(ILogger logger, string corpus);

    [LoggerMessage(5004, LogLevel.Error, "Corpus {Corpus}: stored documents are damaged. Restore the corpus from a backup.")]
    public static partial void Damaged(ILogger logger, Exception exception, string corpus);

    [LoggerMessage(5006, LogLevel.Warning, "Corpus {Corpus} was deleted, but its folder could not be removed. The next start removes it.")]
    public static partial void RemovalPostponed(ILogger logger, string corpus);

    [LoggerMessage(5007, LogLevel.Warning, "Corpus {Corpus}: a folder of this name belonged to no corpus. It was moved to {Path}.")]
    public static partial void StrayFolderMoved(ILogger logger, string corpus, string path);

    [LoggerMessage(
        5008,
        LogLevel.Warning,
        "'{Path}' belongs to no corpus of the database. It stays in place and is not used. Restore the database, or remove the folder.")]
    public static partial void Stray(ILogger logger, string path);

    [LoggerMessage(5009, LogLevel.Error, "Corpus {Corpus}: its folder is missing. Restore the data folder from a backup.")]
    public static partial void FolderMissing(ILogger logger, string corpus);

    [LoggerMessage(
        5010,
        LogLevel.Information,
        "Corpus {Corpus}: its folder was removed, because a crash had interrupted its creation or deletion.")]
    public static partial void InterruptionCompleted(ILogger logger, string corpus);

    [LoggerMessage(
        5011, LogLevel.Warning, "Corpus {Corpus}: the local copy of its documents is damaged. It is built again from the shared log.")]
    public static partial void ReplicaDamaged(ILogger logger, Exception exception, string corpus);

    [LoggerMessage(5012, LogLevel.Error, "Corpus {Corpus}: entry {Number} of the shared log cannot be read.")]
    public static partial void EntryUnreadable(ILogger logger, Exception exception, string corpus, long number);

    [LoggerMessage(
        5013,
        LogLevel.Warning,
        "Corpus {Corpus}: documents are in the shared log, and the local copy could not follow. The next call builds it again.")]
    public static partial void ReplicaBehind(ILogger logger, Exception exception, string corpus);

    [LoggerMessage(
        5014,
        LogLevel.Warning,
        "Corpus {Corpus}: the end of an ingest session could not be recorded. The next connection of the session replaces its owner.")]
    public static partial void SessionNotClosed(ILogger logger, Exception exception, string corpus);

    [LoggerMessage(5015, LogLevel.Information, "The local copy of corpus {Corpus}, which exists no more, was removed.")]
    public static partial void CopyRemoved(ILogger logger, string corpus);

    [LoggerMessage(
        5016,
        LogLevel.Information,
        "The local copy of corpus {Corpus} was removed: documents were erased while this server did not run. It is built again when used.")]
    public static partial void OutdatedCopyRemoved(ILogger logger, string corpus);

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
