using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Storage.Sqlite;

/// <summary>Database files beside that of the server.</summary>
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

    /// <summary>Creates a database file and fills its empty tables in one transaction.</summary>
    /// <param name="path">Path of the file; an existing file is replaced.</param>
    /// <param name="fill">Writes the rows.</param>
    /// <exception cref="MetadataException">The file cannot be written.</exception>
    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "SQLite writes the file, not the storage.")]
    public static T Create<T>(string path, Func<DbConnection, T> fill)
    {
        try
        {
            File.Delete(path);
            SqliteConnectionStringBuilder settings = new() { DataSource = path, Pooling = false };
            using SqliteConnection connection = new(settings.ConnectionString);
            connection.Open();
            return connection.Transact(target =>
            {
                target.Execute(SqliteSchema.Text);
                foreach (Action<DbConnection> upgrade in SqliteSchema.Upgrades)
                {
                    upgrade(target);
                }

                return fill(target);
            });
        }
        catch (SqliteException exception)
        {
            throw new MetadataException(SqliteErrors.Classify(exception), exception.Message, exception);
        }
    }
}
