using Microsoft.Extensions.Logging;
using Npgsql;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>
/// Runs the missing steps of <see cref="PostgresSchema"/>. Each step is one transaction under an advisory lock, so that any number of
/// servers may start at the same time, and a server that stops in a step leaves the tables as they were.
/// </summary>
internal static class PostgresMigrator
{
    // The name of the product in ASCII, its first eight letters.
    private const long Lock = 0x746f706963677270;

    private const string Table = """
        CREATE TABLE IF NOT EXISTS migrations (
            version BIGINT PRIMARY KEY,
            name TEXT NOT NULL,
            minimum_server BIGINT NOT NULL,
            applied TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
        )
        """;

    /// <summary>Runs the missing steps, in order.</summary>
    /// <param name="connection">Connection without a transaction.</param>
    /// <param name="steps">All steps of this server.</param>
    /// <param name="logger">Log.</param>
    /// <exception cref="StartupException">The tables need a newer server.</exception>
    public static void Run(NpgsqlConnection connection, IReadOnlyList<PostgresMigration> steps, ILogger logger)
    {
        while (TryRunNext(connection, steps, logger))
        {
        }
    }

    private static bool TryRunNext(NpgsqlConnection connection, IReadOnlyList<PostgresMigration> steps, ILogger logger)
    {
        using NpgsqlTransaction transaction = connection.BeginTransaction();

        // A long step, or other servers before this one in the queue, may exceed the time limit of a statement.
        connection.Execute("SET LOCAL statement_timeout = 0");
        connection.Query("SELECT pg_advisory_xact_lock(@lock)::text", static row => row.GetString(0), ("@lock", Lock));
        connection.Execute(Table);
        (long version, long minimum) = connection.Query(
            "SELECT version, minimum_server FROM migrations ORDER BY version DESC LIMIT 1",
            static row => (row.GetInt64(0), row.GetInt64(1))).FirstOrDefault();
        int newest = steps[^1].Version;
        if (minimum > newest)
        {
            throw new StartupException(
                $"The metadata database has tables of version {version}, which need a server with version {minimum}; this server has "
                + $"version {newest}. Start a newer server.");
        }

        PostgresMigration? next = steps.FirstOrDefault(step => step.Version > version);
        if (next is null)
        {
            return false;
        }

        connection.Execute(next.Sql);
        connection.Execute(
            "INSERT INTO migrations (version, name, minimum_server) VALUES (@version, @name, @minimum)",
            ("@version", next.Version),
            ("@name", next.Name),
            ("@minimum", next.MinimumServer));
        transaction.Commit();
        Log.Migrated(logger, next.Version, next.Name);
        return true;
    }
}
