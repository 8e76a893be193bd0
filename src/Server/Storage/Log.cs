namespace TopicGrpc.Server.Storage;

/// <summary>Log messages of the storage; ids from 6000.</summary>
internal static partial class Log
{
    [LoggerMessage(
        6001,
        LogLevel.Error,
        "The disk of the data folder has less than {Floor} free bytes. Ingest, fits and imports wait for space; predictions continue.")]
    public static partial void SpaceShort(ILogger logger, long floor);

    [LoggerMessage(6002, LogLevel.Information, "The disk of the data folder has enough free space again.")]
    public static partial void SpaceEnough(ILogger logger);

    [LoggerMessage(6003, LogLevel.Warning, "The free space of the data folder cannot be read.")]
    public static partial void SpaceUnknown(ILogger logger, Exception exception);

    [LoggerMessage(6004, LogLevel.Warning, "The disk is full; the reserved space was released for labels and publications.")]
    public static partial void ReserveReleased(ILogger logger);

    [LoggerMessage(6005, LogLevel.Error, "The metadata database failed: {Cause}.")]
    public static partial void DatabaseFailed(ILogger logger, Exception exception, string cause);

    [LoggerMessage(6006, LogLevel.Information, "The metadata database works again.")]
    public static partial void DatabaseWorks(ILogger logger);

    [LoggerMessage(6007, LogLevel.Information, "The metadata database was copied to {Path} before the upgrade to schema {Schema}.")]
    public static partial void BackedUp(ILogger logger, string path, int schema);
}
