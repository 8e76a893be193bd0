using Microsoft.Extensions.Logging;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>Log messages of PostgreSQL; ids from 8000.</summary>
internal static partial class Log
{
    [LoggerMessage(
        8001,
        LogLevel.Critical,
        "This server has lost its lease on the metadata database, epoch {Epoch}: it did not renew the lease in time, and another server "
            + "has acquired the lease or declared this one dead. It can change nothing and stops. Start it again.")]
    public static partial void LeaseLost(ILogger logger, long epoch);

    [LoggerMessage(8002, LogLevel.Warning, "The lease on the metadata database could not be renewed. The server retries.")]
    public static partial void LeaseNotRenewed(ILogger logger, Exception exception);

    [LoggerMessage(
        8003, LogLevel.Warning, "The lease on the metadata database could not be released. Another server can start when it has expired.")]
    public static partial void LeaseNotReleased(ILogger logger, Exception exception);

    [LoggerMessage(8004, LogLevel.Information, "The tables of the metadata database were migrated to version {Version} ({Name}).")]
    public static partial void Migrated(ILogger logger, int version, string name);

    [LoggerMessage(8005, LogLevel.Information, "{Rows} rows were moved from {Path} to PostgreSQL.")]
    public static partial void Imported(ILogger logger, long rows, string path);

    [LoggerMessage(8006, LogLevel.Information, "Member {Member} has started with epoch {Epoch} at {Address}.")]
    public static partial void MemberStarted(ILogger logger, string member, long epoch, string address);

    [LoggerMessage(8007, LogLevel.Information, "Draining of member {Member} was set to {IsDraining}.")]
    public static partial void DrainingSet(ILogger logger, string member, bool isDraining);
}
