using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using TopicGrpc.Cluster.Postgres;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Members;

namespace TopicGrpc.Cluster.Changes;

/// <summary>
/// The changes of all members from the table <c>changes</c>. A notification of the database wakes the reader; if none arrives, it looks
/// every second, and a caller that must be up to date makes it look at once. Nothing depends on a notification.
/// </summary>
internal sealed class PostgresChangeFeed : IChangeFeed, IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan PollPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CatchUpLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(2);

    private readonly PostgresDatabase _database;
    private readonly TimeSpan _waitLimit;
    private readonly TimeProvider _clock;
    private readonly ILogger<PostgresChangeFeed> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _reading = new(1);
    private readonly SemaphoreSlim _advanced = new(0);
    private readonly Lock _gate = new();
    private readonly List<CopySubscription> _copies = [];
    private Task _running = Task.CompletedTask;
    private long _startedReads;
    private long _lastSuccess;
    private long _lastRead;
    private long _last;
    private long _published;
    private bool _isFailing;
    private bool _hasStarted;
    private bool _isDisposed;

    /// <param name="database">Database, which has the lease of this member.</param>
    /// <param name="options">Limits of the database.</param>
    /// <param name="clock">Clock of delays.</param>
    /// <param name="logger">Log.</param>
    public PostgresChangeFeed(
        PostgresDatabase database, PostgresOptions options, TimeProvider clock, ILogger<PostgresChangeFeed> logger)
    {
        _database = database;
        _clock = clock;
        _logger = logger;

        // A member that ends is declared dead after the time of two leases at the latest.
        _waitLimit = (2 * options.LeaseTimeout) + CatchUpLimit;
    }

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <inheritdoc/>
    public bool IsCurrent => _clock.GetElapsedTime(Interlocked.Read(ref _lastRead)) < CatchUpLimit;

    private CancellationToken Stopping => _stopping.Token;

    /// <inheritdoc/>
    public void Register(string kind, CopyRefresh refresh)
    {
        CopySubscription copy = new(kind, refresh, Advanced, _clock, _logger, Stopping);
        lock (_gate)
        {
            _copies.Add(copy);
            if (_last > 0)
            {
                copy.AddAll(_last);
            }
        }
    }

    /// <inheritdoc/>
    public Task CatchUpAsync(string kind, CancellationToken cancellationToken) => CatchUpAsync(kind, long.MaxValue, cancellationToken);

    /// <inheritdoc/>
    public async Task CatchUpAsync(string kind, long atLeast, CancellationToken cancellationToken)
    {
        CopySubscription[] copies = Copies(kind);
        if (copies.All(copy => copy.Applied >= atLeast))
        {
            return;
        }

        // Before the start no caller waits, and the first refresh may fetch and load large versions.
        using CancellationTokenSource limit = new(Volatile.Read(ref _hasStarted) ? CatchUpLimit : Timeout.InfiniteTimeSpan, _clock);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Stopping, limit.Token);
        try
        {
            await ReadAsync(limited.Token);
            await WaitAsync(copies, Math.Min(atLeast, Interlocked.Read(ref _last)), limited.Token);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && IsOfDatabase(failure))
        {
            throw Fault.ChangesUnavailable(failure);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> WaitForAllAsync(CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Stopping);
        limited.CancelAfter(_waitLimit);
        List<string> behind = [_database.Member!.Id];
        long number = 0;
        try
        {
            await ReadAsync(limited.Token);
            number = Interlocked.Read(ref _last);
            await WaitAsync(Copies(kind: null), number, limited.Token);
            for (TimeSpan delay = FirstDelay; ; delay = ChangeTable.NextDelay(delay))
            {
                behind = await UseAsync(connection => ChangeTable.BehindAsync(connection, number, limited.Token), limited.Token);
                if (behind.Count == 0)
                {
                    return behind;
                }

                await Task.Delay(delay, _clock, limited.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.MembersBehind(_logger, number, string.Join(", ", behind), _waitLimit.TotalSeconds);
            return behind;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && IsOfDatabase(failure))
        {
            throw Fault.ChangesUnavailable(failure);
        }
    }

    /// <summary>
    /// From now on, others wait for this member. The copies were or will be read after this moment, and completely before the server
    /// listens.
    /// </summary>
    public Task StartingAsync(CancellationToken cancellationToken) => UseAsync(
        async connection =>
        {
            long last = await ChangeTable.LastAsync(connection, cancellationToken);
            await ChangeTable.PublishAsync(connection, _database.Member!.Id, _database.Member.Epoch, last, cancellationToken);
            return last;
        },
        cancellationToken);

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        long started = _clock.GetTimestamp();
        long last = await UseAsync(connection => ChangeTable.LastAsync(connection, cancellationToken), cancellationToken);
        Interlocked.Exchange(ref _lastRead, started);
        lock (_gate)
        {
            Volatile.Write(ref _last, last);
            _copies.ForEach(copy => copy.AddAll(last));
        }

        await WaitAsync(Copies(kind: null), last, cancellationToken);
        Volatile.Write(ref _hasStarted, true);
        _running = Task.WhenAll(Task.Run(ListenAsync, CancellationToken.None), Task.Run(PublishAsync, CancellationToken.None));
    }

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends after all calls: until then others wait for this member, and its calls for others.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        _stopping.Cancel();
        _running.GetAwaiter().GetResult();
        _reading.Dispose();
        _advanced.Dispose();
        _stopping.Dispose();
    }

    private static async Task WaitAsync(CopySubscription[] copies, long number, CancellationToken cancellationToken)
    {
        foreach (CopySubscription copy in copies)
        {
            await copy.WaitAsync(number, cancellationToken);
        }
    }

    // A canceled token here means that a time limit has ended.
    private static bool IsOfDatabase(Exception failure) =>
        failure is OperationCanceledException || PostgresErrors.Classify(failure) != StorageError.None;

    private CopySubscription[] Copies(string? kind)
    {
        lock (_gate)
        {
            return [.. _copies.Where(copy => kind is null || copy.Kind == kind)];
        }
    }

    /// <summary>Reads the changes that were committed before the call. Callers that arrive during a read share the next one.</summary>
    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        long startedBefore = Interlocked.Read(ref _startedReads);
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_lastSuccess > startedBefore)
            {
                return;
            }

            long read = Interlocked.Increment(ref _startedReads);
            long started = _clock.GetTimestamp();
            await UseAsync(connection => ReadAsync(connection, cancellationToken), cancellationToken);
            _lastSuccess = read;
            Interlocked.Exchange(ref _lastRead, started);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<bool> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        List<ChangeRow> rows;
        do
        {
            rows = await ChangeTable.ReadAsync(connection, _last, cancellationToken);
            if (rows.Count == 0)
            {
                break;
            }

            bool isComplete = rows[0].Number == _last + 1 || await ChangeTable.OldestAsync(connection, cancellationToken) <= _last + 1;
            lock (_gate)
            {
                Volatile.Write(ref _last, rows[^1].Number);
                foreach (CopySubscription copy in _copies)
                {
                    if (isComplete)
                    {
                        copy.Add(rows);
                    }
                    else
                    {
                        copy.AddAll(rows[^1].Number);
                    }
                }
            }

            Advanced();
        }
        while (rows.Count == ChangeTable.PageSize);
        return true;
    }

    private async Task ListenAsync()
    {
        while (!Stopping.IsCancellationRequested)
        {
            try
            {
                await using NpgsqlConnection connection = await _database.Source.OpenConnectionAsync(Stopping);
                await using (NpgsqlCommand listen = new("LISTEN " + ChangeSchema.Channel, connection))
                {
                    await listen.ExecuteNonQueryAsync(Stopping);
                }

                while (true)
                {
                    await ReadAsync(Stopping);
                    Works();
                    await connection.WaitAsync(PollPeriod, Stopping);
                }
            }
            catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (IsOfDatabase(failure))
            {
                Fails(failure);
                await DelayAsync();
            }
        }
    }

    /// <summary>Publishes the progress of this member whenever all its copies have advanced.</summary>
    private async Task PublishAsync()
    {
        for (int published = 0; !Stopping.IsCancellationRequested;)
        {
            try
            {
                await _advanced.WaitAsync(Stopping);
                long number = Copies(kind: null).Select(static copy => copy.Applied).DefaultIfEmpty(Volatile.Read(ref _last)).Min();
                if (number > _published)
                {
                    bool deletes = ++published % ChangeTable.PageSize == 0;
                    await UseAsync(connection => PublishAsync(connection, number, deletes), Stopping);
                    _published = number;
                }
            }
            catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (IsOfDatabase(failure))
            {
                Fails(failure);
                await DelayAsync();
                Advanced();
            }
        }
    }

    private async Task<bool> PublishAsync(NpgsqlConnection connection, long number, bool deletes)
    {
        await ChangeTable.PublishAsync(connection, _database.Member!.Id, _database.Member.Epoch, number, Stopping);
        if (deletes)
        {
            await ChangeTable.DeleteOldAsync(connection, Stopping);
        }

        return true;
    }

    private async Task<T> UseAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await _database.Source.OpenConnectionAsync(cancellationToken);
        return await work(connection);
    }

    private void Advanced()
    {
        if (_advanced.CurrentCount == 0)
        {
            _advanced.Release();
        }
    }

    private void Works()
    {
        if (_isFailing)
        {
            _isFailing = false;
            Log.FeedWorks(_logger, Volatile.Read(ref _last));
        }
    }

    private void Fails(Exception failure)
    {
        if (!_isFailing)
        {
            _isFailing = true;
            Log.FeedFailed(_logger, failure);
        }
    }

    private async Task DelayAsync()
    {
        try
        {
            await Task.Delay(PollPeriod, _clock, Stopping);
        }
        catch (OperationCanceledException)
        {
            // The caller sees that the server stops.
        }
    }
}
