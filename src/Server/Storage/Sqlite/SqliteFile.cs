using Microsoft.Data.Sqlite;

namespace TopicGrpc.Server.Storage.Sqlite;

/// <summary>A database file that this process only reads.</summary>
internal static class SqliteFile
{
    /// <summary>Opens a database for reading.</summary>
    /// <exception cref="SqliteException">The file is missing or no database.</exception>
    public static SqliteConnection OpenReadOnly(string path)
    {
        SqliteConnectionStringBuilder settings = new()
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        };
        SqliteConnection connection = new(settings.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
