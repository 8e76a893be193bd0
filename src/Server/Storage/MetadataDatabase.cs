using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Storage;

/// <summary>
/// The SQLite database of everything except documents and model files. One connection, one caller at a time: transactions touch a few rows.
/// <c>synchronous=FULL</c>, because a change is durable before its call is answered. Failures are reported as
/// <see cref="ServiceException"/> with their cause. Calls use the asynchronous methods, which wait on a thread of the database.
/// </summary>
internal sealed class MetadataDatabase : IDisposable
{
    /// <summary>Schema version that this build reads and writes.</summary>
    public static int SchemaVersion => Schema.Upgrades.Count + 1;

    private readonly Lock _gate = new();
    private readonly DiskQueue _thread = new("database", 1);
    private readonly DiskSpace? _space;
    private readonly ILogger _logger;
    private readonly SqliteConnection _connection;
    private volatile bool _isFailing;

    /// <summary>Opens the database, and creates or upgrades its tables.</summary>
    /// <param name="folder">Data folder.</param>
    /// <param name="space">Free space, whose reserve a full disk releases; null: no reserve.</param>
    /// <param name="logger">Log; null: none.</param>
    /// <exception cref="InvalidOperationException">The database was written by a newer server, or is damaged.</exception>
    public MetadataDatabase(DataFolder folder, DiskSpace? space = null, ILogger<MetadataDatabase>? logger = null)
    {
        _space = space;
        _logger = logger ?? NullLogger<MetadataDatabase>.Instance;
        _connection = DatabaseOpening.Open(folder, space, _logger);
    }

    /// <summary>Whether the last call failed because of the disk.</summary>
    public bool IsFailing => _isFailing;

    /// <summary>Runs work on the thread of the database. Work that changes rows and state together is exclusive there.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => _thread.RunAsync(work, cancellationToken);

    /// <summary>Reads on the thread of the database; see <see cref="Read"/>.</summary>
    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> body, CancellationToken cancellationToken) =>
        _thread.RunAsync(() => Read(body), cancellationToken);

    /// <summary>Runs a transaction on the thread of the database; see <see cref="Write"/>.</summary>
    /// <param name="body">The changes.</param>
    /// <param name="cancellationToken">Cancels the transaction before it starts.</param>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> body, CancellationToken cancellationToken) =>
        _thread.RunAsync(() => Write(body), cancellationToken);

    /// <summary>Reads under the lock, in one consistent state.</summary>
    /// <exception cref="ServiceException">The disk fails, or the database is damaged.</exception>
    public T Read<T>(Func<SqliteConnection, T> body)
    {
        lock (_gate)
        {
            try
            {
                return Succeeded(body(_connection));
            }
            catch (SqliteException exception) when (IsStorage(exception))
            {
                Failed(exception);
                throw Fault.DatabaseUnavailable(exception);
            }
        }
    }

    /// <summary>Runs a transaction; it is durable when the method returns.</summary>
    /// <param name="body">The changes. They run twice if the disk is full and reserved space can be released.</param>
    /// <exception cref="ServiceException">The disk is full or fails, or the database is damaged; nothing was changed.</exception>
    public T Write<T>(Func<SqliteConnection, T> body)
    {
        lock (_gate)
        {
            try
            {
                return Succeeded(WriteOrRelease(body));
            }
            catch (SqliteException exception) when (IsStorage(exception))
            {
                Failed(exception);
                throw Fault.StorageUnavailable("The change", exception);
            }
        }
    }

    /// <summary>Moves all changes to the database file and empties the write-ahead log, so that neither has replaced content.</summary>
    /// <exception cref="IOException">Another reader of the database prevents it at the moment.</exception>
    /// <exception cref="ServiceException">The disk is full or fails, or the database is damaged.</exception>
    public void Truncate() => Read(static connection =>
        connection.Query("PRAGMA wal_checkpoint(TRUNCATE)", static row => row.GetInt64(0))[0] == 0
            ? true
            : throw new IOException("Another process reads meta.db, so its write-ahead log cannot be emptied."));

    /// <summary>Copies the database into a new file. The names are those of the copy.</summary>
    /// <exception cref="ServiceException">The disk is full or fails, or the database is damaged.</exception>
    public StoredNames CopyTo(string path) => Read(connection =>
    {
        connection.Execute("VACUUM INTO $path", ("$path", path));
        return StoredNames.Read(connection);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _thread.Dispose();
        _connection.Dispose();
    }

    private static bool IsStorage(SqliteException exception) => StorageErrors.Classify(exception) != StorageError.None;

    private T WriteOrRelease<T>(Func<SqliteConnection, T> body)
    {
        try
        {
            return _connection.Transact(body);
        }
        catch (SqliteException exception) when (StorageErrors.IsFull(exception) && _space?.ReleaseReserve() == true)
        {
            Log.ReserveReleased(_logger);
            return _connection.Transact(body);
        }
    }

    private T Succeeded<T>(T result)
    {
        if (_isFailing)
        {
            _isFailing = false;
            Log.DatabaseWorks(_logger);
        }

        return result;
    }

    private void Failed(SqliteException exception)
    {
        if (!_isFailing)
        {
            _isFailing = true;
            Log.DatabaseFailed(_logger, exception, exception.Message);
        }
    }
}
