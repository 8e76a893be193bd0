using Microsoft.Data.Sqlite;

namespace TopicGrpc.Server.Storage;

/// <summary>
/// The SQLite database of everything except documents and model files. One connection, one caller at a time: transactions touch a few rows.
/// <c>synchronous=FULL</c>, because a change is durable before its call is answered.
/// </summary>
internal sealed class MetadataDatabase : IDisposable
{
    /// <summary>Schema version that this build reads and writes.</summary>
    public static int SchemaVersion => Schema.Upgrades.Count + 1;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;

    /// <summary>Opens the database, and creates or upgrades its tables.</summary>
    /// <exception cref="InvalidOperationException">The database was written by a newer server, or is damaged.</exception>
    public MetadataDatabase(DataFolder folder)
    {
        SqliteConnectionStringBuilder connection = new() { DataSource = folder.Database, Pooling = false };
        _connection = new SqliteConnection(connection.ConnectionString);
        try
        {
            _connection.Open();
            Execute("PRAGMA journal_mode=WAL");
            Execute("PRAGMA synchronous=FULL");
            Execute("PRAGMA foreign_keys=ON");
            long version = Scalar("PRAGMA user_version");
            if (version > SchemaVersion)
            {
                throw new InvalidOperationException(
                    $"'{folder.Database}' has schema version {version}; this server supports up to {SchemaVersion}. Start a newer server.");
            }

            if (version == 0)
            {
                Write(static connection => Run(connection, Schema.Text));
            }

            foreach (Action<SqliteConnection> upgrade in Schema.Upgrades.Skip((int)Math.Max(0, version - 1)))
            {
                Write(connection =>
                {
                    upgrade(connection);
                    return 0;
                });
            }
        }
        catch (SqliteException exception)
        {
            _connection.Dispose();
            throw new InvalidOperationException(
                $"'{folder.Database}' cannot be read ({exception.Message}); restore it from a backup.",
                exception);
        }
    }

    /// <summary>Reads under the lock, in one consistent state.</summary>
    public T Read<T>(Func<SqliteConnection, T> body)
    {
        lock (_gate)
        {
            return body(_connection);
        }
    }

    /// <summary>Runs a transaction; it is durable when the method returns.</summary>
    public T Write<T>(Func<SqliteConnection, T> body)
    {
        lock (_gate)
        {
            using SqliteTransaction transaction = _connection.BeginTransaction();
            T result = body(_connection);
            transaction.Commit();
            return result;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static int Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.Prepare(sql);
        return command.ExecuteNonQuery();
    }

    private void Execute(string sql) => Run(_connection, sql);

    private long Scalar(string sql)
    {
        using SqliteCommand command = _connection.Prepare(sql);
        return (long)command.ExecuteScalar()!;
    }
}
