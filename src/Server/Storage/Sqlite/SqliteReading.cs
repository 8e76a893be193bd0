using System.Data.Common;

namespace TopicGrpc.Server.Storage.Sqlite;

/// <summary>The metadata of a data folder, for a reader. A server may use the folder.</summary>
/// <param name="path">Path of the database.</param>
internal sealed class SqliteReading(string path) : IMetadataReading
{
    /// <inheritdoc/>
    public string Name => "meta.db";

    /// <inheritdoc/>
    public DbConnection Open() => SqliteFile.OpenReadOnly(path);

    /// <inheritdoc/>
    public bool Check(DbConnection connection, Action<string> report)
    {
        foreach (string found in connection.Query("PRAGMA integrity_check(20)", static row => row.GetString(0)))
        {
            if (found != "ok")
            {
                report($"The database is damaged: {found}.");
            }
        }

        long version = connection.Query("PRAGMA user_version", static row => row.GetInt64(0))[0];
        if (version != SqliteSchema.Version)
        {
            report(FormattableString.Invariant(
                $"The database has schema version {version}; this program reads version {SqliteSchema.Version}. ")
                + "Use the release that wrote it, or start this server on the folder once.");
            return false;
        }

        foreach (string table in connection.Query("PRAGMA foreign_key_check", static row => row.GetString(0)).Distinct())
        {
            report($"A row of the table '{table}' refers to a row that does not exist.");
        }

        return true;
    }
}
