using Microsoft.Data.Sqlite;

namespace TopicGrpc.Server.Storage;

/// <summary>
/// The SQLite file with everything but documents and models. One connection, one caller at a time: its transactions are
/// a few rows. <c>synchronous=FULL</c>, because a call that changes something is answered after its commit.
/// </summary>
internal sealed class MetadataDatabase : IDisposable
{
    /// <summary>Version of the tables that this build reads and writes.</summary>
    public static int SchemaVersion => Schema.Upgrades.Count + 1;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;

    /// <summary>Opens the database, makes its tables when it is new.</summary>
    /// <exception cref="InvalidOperationException">It was written by a newer server, or is damaged.</exception>
    public MetadataDatabase(DataFolder folder)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = folder.Database, Pooling = false }.ConnectionString);
        try
        {
            _connection.Open();
            Execute("PRAGMA journal_mode=WAL");
            Execute("PRAGMA synchronous=FULL");
            Execute("PRAGMA foreign_keys=ON");
            long version = Scalar("PRAGMA user_version");
            if (version > SchemaVersion)
            {
                throw new InvalidOperationException($"'{folder.Database}' has schema {version}; this server knows up to {SchemaVersion}. Start the newer server.");
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
            throw new InvalidOperationException($"'{folder.Database}' cannot be read ({exception.Message}); restore it from a backup.", exception);
        }
    }

    /// <summary>Reads in one consistent state.</summary>
    public T Read<T>(Func<SqliteConnection, T> body)
    {
        lock (_gate)
        {
            return body(_connection);
        }
    }

    /// <summary>Changes all or nothing; durable when it returns.</summary>
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
