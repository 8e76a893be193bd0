using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Storage.Sqlite;

/// <summary>Opens the metadata database: checks its pages, and upgrades its tables after a backup.</summary>
[SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "SQLite reads and writes the database, not the storage.")]
internal static class DatabaseOpening
{
    /// <summary>Opens the database, and creates or upgrades its tables.</summary>
    /// <exception cref="StartupException">The database is damaged or newer, or cannot be read or written.</exception>
    public static SqliteConnection Open(DataFolder folder, DiskSpace? space, ILogger logger)
    {
        FolderIdentity.RequireDatabase(folder);
        SqliteConnectionStringBuilder settings = new() { DataSource = folder.Database, Pooling = false };
        SqliteConnection connection = new(settings.ConnectionString);
        try
        {
            try
            {
                Prepare(connection, folder, logger);
            }
            catch (SqliteException exception)
                when (SqliteErrors.Classify(exception) == StorageError.Full && space?.ReleaseReserve() == true)
            {
                Log.ReserveReleased(logger);
                connection.Close();
                Prepare(connection, folder, logger);
            }

            return connection;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw Explain(folder.Database, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            connection.Dispose();
            throw FolderStart.Explain($"The data folder '{folder.Root}' cannot be written", folder.Root, exception);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Prepare(SqliteConnection connection, DataFolder folder, ILogger logger)
    {
        connection.Open();
        connection.Execute("PRAGMA journal_mode=WAL");
        connection.Execute("PRAGMA synchronous=FULL");
        connection.Execute("PRAGMA foreign_keys=ON");

        // Temporary tables in memory: the folder for temporary files may be full or read-only.
        connection.Execute("PRAGMA temp_store=MEMORY");
        connection.Execute("PRAGMA journal_size_limit=8388608");

        // Replaced and deleted content is overwritten with zeros: it may name erased documents.
        connection.Execute("PRAGMA secure_delete=ON");
        Check(connection, folder.Database);
        int version = (int)connection.Query("PRAGMA user_version", static row => row.GetInt64(0))[0];
        if (version > SqliteSchema.Version)
        {
            throw new StartupException(
                $"'{folder.Database}' has schema version {version}; this server supports up to {SqliteSchema.Version}. "
                + "Start a newer server.");
        }

        if (version > 0 && version < SqliteSchema.Version)
        {
            BackUp(connection, folder.Database, version, logger);
        }

        if (version == 0)
        {
            connection.Transact(static connection => connection.Execute(SqliteSchema.Text));
        }

        foreach (Action<DbConnection> upgrade in SqliteSchema.Upgrades.Skip(Math.Max(0, version - 1)))
        {
            connection.Transact(connection =>
            {
                upgrade(connection);
                return 0;
            });
        }

        FolderIdentity.Require(connection, folder);
    }

    private static void Check(SqliteConnection connection, string path)
    {
        string found = connection.Query("PRAGMA quick_check(1)", static row => row.GetString(0))[0];
        if (found != "ok")
        {
            throw new StartupException(
                $"'{path}' is damaged ({found}). Nothing was changed; restore the data folder from a backup.", StartupException.DataError);
        }
    }

    /// <summary>
    /// Copies the database as of before an upgrade, durably; an earlier copy of the same schema is replaced. A process that ends during the
    /// upgrade leaves the copy, and its next start continues with the step that was interrupted.
    /// </summary>
    [SuppressMessage(
        "Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "The path is a parameter.")]
    private static void BackUp(SqliteConnection connection, string path, int version, ILogger logger)
    {
        string copy = FormattableString.Invariant($"{path}.schema{version}");
        string partial = copy + ".partial";
        File.Delete(partial);
        connection.Execute("VACUUM INTO @path", ("@path", partial));
        using (IStoredFile file = DiskStorage.Instance.Open(partial, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Flush();
        }

        DiskStorage.Instance.ReplaceFile(partial, copy);
        Log.BackedUp(logger, copy, SqliteSchema.Version);
    }

    private static StartupException Explain(string path, SqliteException exception) => SqliteErrors.Classify(exception) switch
    {
        StorageError.Full => new StartupException(
            $"'{path}' cannot be opened: the disk is full. Free some space; the data is unchanged.", exception),
        StorageError.ReadOnly => new StartupException(
            $"'{path}' cannot be opened: the file or its file system is read-only.", exception),
        StorageError.Locked => new StartupException($"'{path}' cannot be opened: another process has locked it.", exception),
        StorageError.Damaged => new StartupException(
            $"'{path}' is damaged ({exception.Message}). Nothing was changed; restore the data folder from a backup.",
            exception,
            StartupException.DataError),
        _ => new StartupException($"'{path}' cannot be opened ({exception.Message}).", exception),
    };
}
