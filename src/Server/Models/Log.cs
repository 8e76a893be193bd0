namespace TopicGrpc.Server.Models;

/// <summary>Log messages of models; ids from 1000.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Information, "{Version} is stored and ready; labels: {Labels}.")]
    public static partial void Published(ILogger logger, string version, string labels);

    [LoggerMessage(1002, LogLevel.Information, "{Version} was loaded in {Milliseconds:0} ms.")]
    public static partial void Loaded(ILogger logger, string version, double milliseconds);

    [LoggerMessage(1003, LogLevel.Error, "{Version} cannot be loaded; it does not serve.")]
    public static partial void LoadFailed(ILogger logger, Exception exception, string version);

    [LoggerMessage(
        1004,
        LogLevel.Error,
        "{Version} was fitted with encoder {Need}; this server runs encoder {Have}. The version does not serve.")]
    public static partial void OtherEncoder(ILogger logger, string version, string need, string have);

    [LoggerMessage(1005, LogLevel.Information, "Label {Label} moved from version {Previous} to {Version}.")]
    public static partial void LabelMoved(ILogger logger, string label, string version, long previous);

    [LoggerMessage(1006, LogLevel.Warning, "A folder that no version refers to was moved to {Path}.")]
    public static partial void Quarantined(ILogger logger, string path);

    [LoggerMessage(1007, LogLevel.Information, "{Version} was deleted.")]
    public static partial void Deleted(ILogger logger, string version);

    [LoggerMessage(1008, LogLevel.Information, "{Version} was deleted or replaced while it was loading; the loaded copy is discarded.")]
    public static partial void Overtaken(ILogger logger, string version);

    [LoggerMessage(1009, LogLevel.Information, "{Version} was unloaded after its last call.")]
    public static partial void Drained(ILogger logger, string version);

    [LoggerMessage(
        1010,
        LogLevel.Information,
        "{Model} has a new traffic policy: weights {Targets} (basis points by version), shadow version {Shadow}.")]
    public static partial void TrafficChanged(ILogger logger, string model, string targets, long shadow);

    [LoggerMessage(1020, LogLevel.Information, "{Version} inherits the uids of {Inherited} of its {Topics} topics.")]
    public static partial void UidsInherited(ILogger logger, string version, int inherited, int topics);

    [LoggerMessage(1021, LogLevel.Warning, "{Version} cannot be read; {Successor} inherits no uids from it.")]
    public static partial void AncestorNotRead(ILogger logger, Exception exception, string version, string successor);

    [LoggerMessage(1022, LogLevel.Warning, "The disk is full; the reserved space was released for a publication.")]
    public static partial void ReserveReleased(ILogger logger);

    [LoggerMessage(1023, LogLevel.Error, "The folder of {Version} is missing; the version cannot serve. Restore the folder from a backup.")]
    public static partial void FolderMissing(ILogger logger, string version);

    [LoggerMessage(
        1024,
        LogLevel.Error,
        "The database names no version for the folder {Path}; it stays and is not used. Restore the database, or delete the folder.")]
    public static partial void Stray(ILogger logger, string path);

    [LoggerMessage(1025, LogLevel.Information, "The folder of {Version} was deleted: its publication or deletion was interrupted.")]
    public static partial void PendingRemoved(ILogger logger, string version);

    [LoggerMessage(1026, LogLevel.Warning, "The folder of {Version} cannot be deleted now; the next start deletes it.")]
    public static partial void RemovalPostponed(ILogger logger, Exception exception, string version);

    [LoggerMessage(
        1027,
        LogLevel.Information,
        "{Version} recognizes no documents and gives no novelty: an earlier release made it, or it was imported. Fit again to have both.")]
    public static partial void NothingRecognized(ILogger logger, string version);

    [LoggerMessage(
        1028,
        LogLevel.Warning,
        "A version of {Model} was published, but this member has not seen yet whether all members have taken it over.")]
    public static partial void SharedLater(ILogger logger, Exception exception, string model);

    [LoggerMessage(
        1029,
        LogLevel.Warning,
        "{Version} is in service, but cannot be loaded by this member at the moment. The next call tries again.")]
    public static partial void NotLoadedYet(ILogger logger, Exception exception, string version);

    [LoggerMessage(1030, LogLevel.Information, "The folder {Path} was deleted: a publication was interrupted, and no version needs it.")]
    public static partial void StrayRemoved(ILogger logger, string path);
}
