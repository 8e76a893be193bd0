using Microsoft.Extensions.Logging;
using Npgsql;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Storage.Sqlite;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>Moves the metadata of a data folder from SQLite into an empty database, at the first start with PostgreSQL.</summary>
internal static class SqliteImport
{
    /// <summary>Imports the database of the folder, if there is one.</summary>
    /// <param name="connection">Connection without a transaction.</param>
    /// <param name="folder">Data folder, locked by this process.</param>
    /// <param name="lease">Lease on the database of PostgreSQL.</param>
    /// <param name="logger">Log.</param>
    /// <exception cref="StartupException">Both databases have metadata, so that one of them would be lost.</exception>
    public static void Run(NpgsqlConnection connection, DataFolder folder, ServerLease lease, ILogger logger)
    {
        if (!folder.Files.FileExists(folder.Database))
        {
            return;
        }

        string imported = folder.Database + ".imported";
        if (connection.Query("SELECT 1 FROM meta", static row => row.GetInt32(0)).Count > 0)
        {
            throw new StartupException(
                $"The data folder '{folder.Root}' has a metadata database of SQLite, meta.db, and the database of PostgreSQL has metadata "
                + "too. "
                + $"If it was imported from this folder, rename meta.db to {Path.GetFileName(imported)}; otherwise use an empty database.",
                StartupException.DataError);
        }

        long rows;
        using (SqliteDatabase old = new(folder))
        {
            rows = old.Read(source =>
            {
                using NpgsqlTransaction transaction = connection.BeginTransaction();
                CommitMarker.Write(connection, lease);
                long copied = MetadataCopy.Run(source, connection);
                NumberedTables.Continue(connection);
                transaction.Commit();
                return copied;
            });
        }

        folder.Files.ReplaceFile(folder.Database, imported);
        Log.Imported(logger, rows, imported);
    }
}
