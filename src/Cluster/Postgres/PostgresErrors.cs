using System.Net.Sockets;
using Npgsql;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>Finds the cause of a failure of PostgreSQL.</summary>
internal static class PostgresErrors
{
    // idle_in_transaction_session_timeout
    private const string IdleInTransaction = "25P03";

    /// <summary>Returns the cause; <see cref="StorageError.None"/>: the statement is wrong or breaks a rule of a table.</summary>
    public static StorageError Classify(Exception exception) => exception switch
    {
        PostgresException refusal => OfState(refusal.SqlState),
        LeaseLostException => StorageError.Locked,
        NpgsqlException or SocketException or TimeoutException or IOException => StorageError.Failed,
        _ => StorageError.None,
    };

    /// <summary>Returns whether a transaction that failed before its commit may succeed if it runs again.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        // A conflict with another transaction, a restart of the server, or no free connection. A canceled statement (57014) was too slow
        // and would be too slow again.
        PostgresException refusal => refusal.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.LockNotAvailable
            || IsShutdown(refusal.SqlState),
        _ => IsLost(exception),
    };

    /// <summary>Returns whether the connection was lost, so that the outcome of a running commit is unknown.</summary>
    public static bool IsLost(Exception exception) => exception switch
    {
        PostgresException refusal => IsShutdown(refusal.SqlState),
        NpgsqlException or SocketException or TimeoutException or IOException => true,
        _ => false,
    };

    private static bool IsShutdown(string state) => state.StartsWith("08", StringComparison.Ordinal)
        || state is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or IdleInTransaction;

    private static StorageError OfState(string state) => state switch
    {
        PostgresErrorCodes.DiskFull => StorageError.Full,
        PostgresErrorCodes.ReadOnlySqlTransaction => StorageError.ReadOnly,
        PostgresErrorCodes.LockNotAvailable => StorageError.Locked,
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => StorageError.Failed,
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => StorageError.Damaged,

        // 08 connection, 28 and 3D no access, 53 resources, 57 intervention of the operator, 58 system, F0 configuration, XX internal.
        _ => state[..2] is "08" or "28" or "3D" or "53" or "57" or "58" or "F0" or "XX" ? StorageError.Failed : StorageError.None,
    };
}
