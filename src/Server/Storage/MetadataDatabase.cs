using System.Data.Common;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Storage;

/// <summary>
/// The database of everything except documents and model files. A change is durable before its call is answered. Failures of the storage
/// are reported as <see cref="ServiceException"/> with their cause; other exceptions of a body are its defects. Calls of clients use the
/// asynchronous methods, which never block a thread of the thread pool. Thread-safe.
/// </summary>
internal abstract class MetadataDatabase(ILogger logger) : IDisposable
{
    private readonly DiskQueue _thread = new("database", 1);
    private volatile bool _isFailing;

    /// <summary>Whether the last call failed because of the storage.</summary>
    public bool IsFailing => _isFailing;

    /// <summary>Log of the database.</summary>
    protected ILogger Logger => logger;

    /// <summary>The database for a reader beside the server.</summary>
    public abstract IMetadataReading Reading { get; }

    /// <summary>Runs work on the thread of the database. Work that changes rows and state together is exclusive there.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => _thread.RunAsync(work, cancellationToken);

    /// <summary>Reads as <see cref="Read"/> without blocking the caller.</summary>
    public virtual Task<T> ReadAsync<T>(Func<DbConnection, T> body, CancellationToken cancellationToken) =>
        _thread.RunAsync(() => Read(body), cancellationToken);

    /// <summary>Runs a transaction as <see cref="Write"/> without blocking the caller.</summary>
    /// <param name="body">The changes.</param>
    /// <param name="cancellationToken">Cancels the transaction before it starts.</param>
    public virtual Task<T> WriteAsync<T>(Func<DbConnection, T> body, CancellationToken cancellationToken) =>
        _thread.RunAsync(() => Write(body), cancellationToken);

    /// <summary>Runs a transaction without a result.</summary>
    /// <param name="body">The changes.</param>
    /// <param name="cancellationToken">Cancels the transaction before it starts.</param>
    public Task WriteAsync(Action<DbConnection> body, CancellationToken cancellationToken) => WriteAsync(
        connection =>
        {
            body(connection);
            return true;
        },
        cancellationToken);

    /// <summary>Reads in one consistent state.</summary>
    /// <param name="body">The queries. They may run more than once.</param>
    /// <exception cref="ServiceException">The storage fails, or the database is damaged.</exception>
    public T Read<T>(Func<DbConnection, T> body)
    {
        try
        {
            return Succeeded(TryRead(body));
        }
        catch (MetadataException exception)
        {
            Failed(exception);
            throw Fault.DatabaseUnavailable(exception);
        }
    }

    /// <summary>Runs a transaction that no other transaction interferes with; it is durable when the method returns.</summary>
    /// <param name="body">The changes. They may run more than once; only the last run has an effect.</param>
    /// <exception cref="ServiceException">The disk is full or fails, or the database is damaged; nothing was changed.</exception>
    public T Write<T>(Func<DbConnection, T> body)
    {
        try
        {
            return Succeeded(TryWrite(body));
        }
        catch (MetadataException exception)
        {
            Failed(exception);
            throw Fault.StorageUnavailable("The change", exception);
        }
    }

    /// <summary>Removes replaced and deleted content from the files of the database.</summary>
    /// <exception cref="IOException">Another reader of the database prevents it at the moment.</exception>
    /// <exception cref="ServiceException">The disk is full or fails, or the database is damaged.</exception>
    public abstract void RemoveReplaced();

    /// <summary>Copies the metadata into a new file of SQLite. The names are those of the copy.</summary>
    /// <exception cref="ServiceException">The disk is full or fails, or the database is damaged.</exception>
    public abstract StoredNames CopyTo(string path);

    /// <inheritdoc/>
    public void Dispose()
    {
        _thread.Dispose();
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs queries.</summary>
    /// <exception cref="MetadataException">The storage failed.</exception>
    protected abstract T TryRead<T>(Func<DbConnection, T> body);

    /// <summary>Runs a transaction.</summary>
    /// <exception cref="MetadataException">The storage failed; nothing was changed.</exception>
    protected abstract T TryWrite<T>(Func<DbConnection, T> body);

    /// <summary>Closes the connections, after the last work on the thread of the database.</summary>
    protected abstract void Dispose(bool disposing);

    private T Succeeded<T>(T result)
    {
        if (_isFailing)
        {
            _isFailing = false;
            Log.DatabaseWorks(logger);
        }

        return result;
    }

    private void Failed(MetadataException exception)
    {
        if (!_isFailing)
        {
            _isFailing = true;
            Log.DatabaseFailed(logger, exception, exception.Message);
        }
    }
}
