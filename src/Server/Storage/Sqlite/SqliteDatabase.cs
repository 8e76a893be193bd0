using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Storage.Sqlite;

/// <summary>
/// The metadata of a server in a file of the data folder. One connection, one caller at a time: transactions touch a few rows.
/// <c>synchronous=FULL</c>, because a change is durable before its call is answered.
/// </summary>
internal sealed class SqliteDatabase : MetadataDatabase
{
    private readonly Lock _gate = new();
    private readonly DiskSpace? _space;
    private readonly SqliteConnection _connection;

    /// <summary>Opens the database, and creates or upgrades its tables.</summary>
    /// <param name="folder">Data folder.</param>
    /// <param name="space">Free space, whose reserve a full disk releases; null: no reserve.</param>
    /// <param name="logger">Log; null: none.</param>
    /// <exception cref="StartupException">The database was written by a newer server, or is damaged.</exception>
    public SqliteDatabase(DataFolder folder, DiskSpace? space = null, ILogger<MetadataDatabase>? logger = null)
        : base(logger ?? NullLogger<MetadataDatabase>.Instance)
    {
        _space = space;
        _connection = DatabaseOpening.Open(folder, space, Logger);
        Reading = new SqliteReading(folder.Database);
    }

    /// <inheritdoc/>
    public override IMetadataReading Reading { get; }

    /// <summary>Moves all changes to the database file and empties the write-ahead log, so that neither has replaced content.</summary>
    /// <exception cref="IOException">Another reader of the database prevents it at the moment.</exception>
    /// <exception cref="ServiceException">The disk is full or fails, or the database is damaged.</exception>
    public override void RemoveReplaced() => Read(static connection =>
        connection.Query("PRAGMA wal_checkpoint(TRUNCATE)", static row => row.GetInt64(0))[0] == 0
            ? true
            : throw new IOException("Another process reads meta.db, so its write-ahead log cannot be emptied."));

    /// <inheritdoc/>
    public override StoredNames CopyTo(string path) => Read(connection =>
    {
        connection.Execute("VACUUM INTO @path", ("@path", path));
        return StoredNames.Read(connection);
    });

    /// <inheritdoc/>
    protected override T TryRead<T>(Func<DbConnection, T> body) => Exclusive(() => body(_connection));

    /// <inheritdoc/>
    protected override T TryWrite<T>(Func<DbConnection, T> body) => Exclusive(() =>
    {
        try
        {
            return _connection.Transact(body);
        }
        catch (SqliteException exception)
            when (SqliteErrors.Classify(exception) == StorageError.Full && _space?.ReleaseReserve() == true)
        {
            Log.ReserveReleased(Logger);
            return _connection.Transact(body);
        }
    });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _connection.Dispose();

    private T Exclusive<T>(Func<T> body)
    {
        lock (_gate)
        {
            try
            {
                return body();
            }
            catch (SqliteException exception) when (SqliteErrors.Classify(exception) is not StorageError.None and var error)
            {
                throw new MetadataException(error, exception.Message, exception);
            }
        }
    }
}
