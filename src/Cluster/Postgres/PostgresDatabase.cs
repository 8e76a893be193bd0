using System.Data;
using System.Data.Common;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Storage.Sqlite;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>
/// The metadata of a server in PostgreSQL. Transactions are serializable and run again after conflicts and lost connections, within a time
/// limit. Each writes a marker row, by which the outcome of a commit is found when the connection is lost during it. The marker depends on
/// the lease of the server: a server that lost its lease changes nothing.
/// </summary>
internal sealed class PostgresDatabase : MetadataDatabase
{
    private readonly NpgsqlDataSource _source;
    private readonly PostgresOptions _options;
    private readonly DiskQueue _threads;
    private readonly CancellationTokenSource _stopping = new();
    private readonly PostgresRetry _retry;
    private readonly ServerLease? _lease;
    private readonly LeaseKeeper? _keeper;

    /// <summary>Connects, migrates the tables, acquires the lease, and compares the database with the data folder.</summary>
    /// <param name="options">Connection and limits.</param>
    /// <param name="folder">Data folder.</param>
    /// <param name="clock">Clock of the time limits.</param>
    /// <param name="logger">Log; null: none.</param>
    /// <param name="lost">Called once when another server has acquired the lease; null: nothing.</param>
    /// <param name="member">This server as a member of a cluster; null: it is the only server of the database.</param>
    /// <exception cref="StartupException">
    /// The database is unreachable, newer than this server, used by another server, or belongs to another data folder.
    /// </exception>
    public PostgresDatabase(
        IOptions<PostgresOptions> options,
        DataFolder folder,
        TimeProvider clock,
        ILogger<PostgresDatabase>? logger = null,
        Action? lost = null,
        MemberIdentity? member = null)
        : base(logger ?? NullLogger<PostgresDatabase>.Instance)
    {
        _options = options.Value;
        _source = PostgresSource.Create(_options);
        _threads = new DiskQueue("postgres", Math.Max(1, _options.MaxConnections - PostgresOptions.ReservedConnections));
        _retry = new PostgresRetry(_options.RetryTimeout, clock, _stopping.Token);
        try
        {
            Reading = new PostgresReading(_source);
            _lease = PostgresOpening.Run(_source, _options, folder, member, _retry, Logger);
            Member = member is null ? null : Register(member, _lease);
            _keeper = new LeaseKeeper(_source, _lease, _options.LeaseTimeout, Member, Logger, lost ?? (static () => { }));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The members of the cluster as this one sees them; null: the server is no member.</summary>
    public MemberHeartbeat? Member { get; }

    /// <summary>Connections, for what is no change of the metadata.</summary>
    public NpgsqlDataSource Source => _source;

    /// <inheritdoc/>
    public override IMetadataReading Reading { get; } = null!;

    /// <inheritdoc/>
    public override Task<T> ReadAsync<T>(Func<DbConnection, T> body, CancellationToken cancellationToken) =>
        _threads.RunAsync(() => Read(body), cancellationToken);

    /// <inheritdoc/>
    public override Task<T> WriteAsync<T>(Func<DbConnection, T> body, CancellationToken cancellationToken) =>
        _threads.RunAsync(() => Write(body), cancellationToken);

    /// <summary>Removes replaced rows from the tables. The write-ahead log of PostgreSQL and its archive are the operator's.</summary>
    /// <exception cref="ServiceException">The database fails.</exception>
    public override void RemoveReplaced() => Guarded(() =>
    {
        using NpgsqlConnection connection = _source.OpenConnection();
        return connection.Execute("VACUUM fits, fit_requests, version_contents, erasures, embedding_suspects");
    });

    /// <inheritdoc/>
    /// <exception cref="MetadataException">The file cannot be written.</exception>
    public override StoredNames CopyTo(string path)
    {
        try
        {
            using NpgsqlConnection source = _source.OpenConnection();
            using NpgsqlTransaction snapshot = source.BeginTransaction(IsolationLevel.RepeatableRead);
            source.Execute("SET LOCAL statement_timeout = 0");
            return SqliteFile.Create(path, target =>
            {
                MetadataCopy.Run(source, target);
                return StoredNames.Read(target);
            });
        }
        catch (Exception exception) when (exception is not MetadataException && PostgresErrors.Classify(exception) != StorageError.None)
        {
            throw Fault.DatabaseUnavailable(exception);
        }
    }

    /// <inheritdoc/>
    protected override T TryRead<T>(Func<DbConnection, T> body) => Guarded(() =>
    {
        using NpgsqlConnection connection = _source.OpenConnection();
        using NpgsqlTransaction transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        T result = body(connection);
        transaction.Commit();
        return result;
    });

    /// <inheritdoc/>
    protected override T TryWrite<T>(Func<DbConnection, T> body) => Guarded(() =>
    {
        (T result, Guid marker, Exception? lost) = RunOnce(body);
        if (lost is not null && !HasCommitted(marker, lost))
        {
            ExceptionDispatchInfo.Throw(lost); // Runs again.
        }

        return result;
    });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _stopping.Cancel();
        _threads.Dispose();
        _keeper?.Dispose();
        _source.Dispose();
        _stopping.Dispose();
    }

    private MemberHeartbeat Register(MemberIdentity member, ServerLease lease) => _retry.Run(() =>
    {
        using NpgsqlConnection connection = _source.OpenConnection();
        return MemberHeartbeat.Start(connection, member, lease.Epoch, _options.LeaseTimeout, Logger);
    });

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return _retry.Run(work);
        }
        catch (PostgresException rejected) when (rejected.SqlState == PostgresErrorCodes.CharacterNotInRepertoire)
        {
            // The one text that SQLite stores and PostgreSQL does not.
            throw Fault.InvalidField("text", "must not contain the character U+0000, which the metadata database cannot store");
        }
        catch (Exception exception) when (PostgresErrors.Classify(exception) is not StorageError.None and var error)
        {
            throw new MetadataException(error, exception.Message, exception);
        }
    }

    /// <summary>Runs a transaction once.</summary>
    /// <returns>Its result; the exception, if the connection was lost during the commit.</returns>
    private (T Result, Guid Marker, Exception? Lost) RunOnce<T>(Func<DbConnection, T> body)
    {
        using NpgsqlConnection connection = _source.OpenConnection();
        using NpgsqlTransaction transaction = connection.BeginTransaction(IsolationLevel.Serializable);
        Guid marker = CommitMarker.Write(connection, _lease!);
        T result = body(connection);
        try
        {
            transaction.Commit();
            return (result, marker, null);
        }
        catch (Exception lost) when (PostgresErrors.IsLost(lost))
        {
            return (result, marker, lost);
        }
    }

    /// <summary>Finds out whether a commit whose connection was lost took place.</summary>
    /// <exception cref="MetadataException">The database stays unreachable, so the outcome is unknown.</exception>
    private bool HasCommitted(Guid marker, Exception lost)
    {
        try
        {
            return _retry.Run(() =>
            {
                using NpgsqlConnection connection = _source.OpenConnection();
                return CommitMarker.HasCommitted(connection, marker);
            });
        }
        catch (Exception exception) when (PostgresErrors.Classify(exception) != StorageError.None)
        {
            throw new MetadataException(
                StorageError.Failed, "The connection was lost during a commit, and the database stayed unreachable", lost);
        }
    }
}
