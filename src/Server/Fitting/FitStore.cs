using System.Collections.Concurrent;
using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// All fits: those of this process in memory with their events, all others in the database. <see cref="LocalFitStore"/> is the queue of a
/// single server; members of a cluster share one queue in their database. Methods that read or write rows wait for the disk; a thread of
/// the pool calls them by <see cref="RunAsync"/>. <see cref="FindLive"/> does not wait.
/// </summary>
internal abstract class FitStore(FitTable table, IOptions<FitOptions> options, TimeProvider clock) : IPublicationFence, IDisposable
{
    /// <summary>Event numbers are not written one by one; after a restart they continue above this reserve.</summary>
    protected const long SequenceReserve = 1_000_000;

    private readonly ConcurrentDictionary<string, FitJob> _live = new(StringComparer.Ordinal);
    private readonly Channel<bool> _signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private long _endedCount;
    private bool _isDisposed;

    /// <summary>Number of fits that have ended here since the start; it rises before their end is visible.</summary>
    public long EndedCount => Interlocked.Read(ref _endedCount);

    /// <summary>The fits of this process: running, and those queued here.</summary>
    protected ICollection<FitJob> Live => _live.Values;

    /// <summary>Makes changes of the queue exclusive in this process.</summary>
    protected Lock Gate { get; } = new();

    /// <summary>Rows of the fits.</summary>
    protected FitTable Table => table;

    /// <summary>Options of fits.</summary>
    protected FitOptions Options => options.Value;

    /// <summary>Clock of the times in the states.</summary>
    protected TimeProvider Clock => clock;

    /// <summary>Takes over the fits that the last run of the server left unfinished.</summary>
    public abstract void Resume();

    /// <summary>Queues a fit, or returns the one that the same request queued before.</summary>
    /// <param name="request">The checked request.</param>
    /// <param name="caller">The caller, whose quota is checked; null: no quota.</param>
    /// <param name="requireRoom">Checks the limits of what the fit will store; not called for a repeated request.</param>
    /// <exception cref="ServiceException">The queue is full, a limit is reached, or the request id was reused.</exception>
    public abstract FitState Start(FitRequest request, CallerUse? caller, Action requireRoom);

    /// <summary>Asks a fit to stop; a queued one has ended when this returns.</summary>
    public abstract FitState Cancel(string id);

    /// <summary>
    /// Starts the fit that has waited longest of the caller whose turn it is, and ends those that can no longer run.
    /// </summary>
    /// <returns>Null when none waits.</returns>
    /// <exception cref="ServiceException">The state cannot be stored; nothing has changed.</exception>
    public abstract FitJob? TryBegin();

    /// <summary>Ends the queued fits that were canceled or have no attempt left.</summary>
    /// <returns>Whether a fit waits.</returns>
    /// <exception cref="ServiceException">The end of a fit cannot be stored.</exception>
    public abstract bool EndUnrunnable();

    /// <summary>Queues a running fit again.</summary>
    /// <param name="job">The fit.</param>
    /// <param name="countsAttempt">Whether the attempt counts.</param>
    public abstract void Requeue(FitJob job, bool countsAttempt);

    /// <summary>Records that a stop of the server, not a failure, ended this attempt: it does not count.</summary>
    public abstract void Interrupt(FitJob job);

    /// <summary>Removes a fit that no longer belongs to this server, and ends its run.</summary>
    public virtual void Lose(FitJob job)
    {
        Remove(job);
        job.Lose();
    }

    /// <summary>Finds a fit that waits for a corpus or reads it.</summary>
    public abstract Task<FitState?> FindUnfinishedAsync(string corpusId, CancellationToken cancellationToken);

    /// <summary>Starts the running fits again that may have read documents of a corpus.</summary>
    /// <returns>A task that completes when their current runs have ended.</returns>
    public abstract Task RestartReaders(string corpusId);

    /// <summary>Waits until a fit may have been queued.</summary>
    public virtual async Task WaitAsync(CancellationToken cancellationToken) => await _signal.Reader.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual void Require(DbConnection connection, ModelVersion version)
    {
        // A single server runs a fit once at a time.
    }

    /// <summary>Runs methods of the store on the thread of the database.</summary>
    public Task<T> RunAsync<T>(Func<FitStore, T> work, CancellationToken cancellationToken) =>
        table.RunAsync(() => work(this), cancellationToken);

    /// <summary>Runs methods of the store on the thread of the database.</summary>
    public Task RunAsync(Action<FitStore> work, CancellationToken cancellationToken) => RunAsync(
        store =>
        {
            work(store);
            return true;
        },
        cancellationToken);

    /// <summary>Returns the state of a fit; waits for the disk only if the fit is not one of this process.</summary>
    /// <exception cref="ServiceException">There is no such fit.</exception>
    public async Task<FitState> GetAsync(string id, CancellationToken cancellationToken) =>
        FindLive(id)?.State ?? await RunAsync(store => store.Get(id), cancellationToken);

    /// <summary>Returns the state of a fit.</summary>
    /// <exception cref="ServiceException">There is no such fit.</exception>
    public FitState Get(string id) => Find(id) ?? throw NotFound(id);

    /// <summary>Returns the state of a fit; null: there is no such fit.</summary>
    public FitState? Find(string id) => FindLive(id)?.State ?? FindEvent(id)?.State;

    /// <summary>Reads what a fit was asked and, after success, what it did.</summary>
    public FitContent ReadContent(string id) => table.ReadContent(id);

    /// <summary>Finds a fit of this process.</summary>
    public FitJob? FindLive(string id) => _live.GetValueOrDefault(id);

    /// <summary>Lists fits before an ordinal, newest first.</summary>
    public IReadOnlyList<(long Ordinal, FitState State)> List(long beforeOrdinal, int count, string modelId) =>
        [.. ListRows(beforeOrdinal, count, modelId).Select(row => (row.Ordinal, FindLive(row.State.Id)?.State ?? row.State))];

    /// <summary>Returns the events of a fit after a number, and what reports that there may be further ones.</summary>
    /// <exception cref="ServiceException">There is no such fit, or some of the events are no longer kept.</exception>
    public async Task<FitEvents> EventsAfterAsync(string id, long sequence, CancellationToken cancellationToken)
    {
        if (FindLive(id) is { } job)
        {
            return job.EventsAfter(sequence);
        }

        FitEvent last = await RunAsync(store => store.FindEvent(id) ?? throw NotFound(id), cancellationToken);
        return new FitEvents(
            last.Sequence > sequence ? [last] : [],
            last.State.HasEnded ? null : RowChangedAsync(id, last.Sequence));
    }

    /// <summary>Records that a run stored a part of its result: former attempts no longer count.</summary>
    public void Progressed(FitJob job)
    {
        job.Attempts = 0;
        Save(job, job.State);
    }

    /// <summary>Ends a fit: durable first, then visible to its watchers.</summary>
    /// <param name="job">The fit.</param>
    /// <param name="change">Sets the last status.</param>
    /// <param name="report">Report of a fit that succeeded.</param>
    /// <returns>The last state; the current one if another server has taken over the fit.</returns>
    public virtual FitState End(FitJob job, Func<FitState, FitState> change, FitReport? report = null)
    {
        lock (Gate)
        {
            FitState state = job.State;
            if (state.HasEnded)
            {
                return state;
            }

            // Not inside the change: readers of the state must not wait for the disk. Nothing else changes a fit whose work is done.
            FitState ended = change(state).WithoutStage() with { Ended = clock.GetUtcNow() };
            table.End(ended, job.Attempts, job.Sequence + 1, report, EndGuard(job));
            Interlocked.Increment(ref _endedCount);
            job.Change(_ => ended);
            Remove(job);
            return ended;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The container releases the store once for each interface.
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            Dispose(disposing: true);
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the fits of this process.</summary>
    protected virtual void Dispose(bool disposing)
    {
        foreach (FitJob job in Live)
        {
            job.Dispose();
        }
    }

    /// <summary>Finds the row of a fit, with the number of its last event that is stored.</summary>
    protected virtual FitRow? FindRow(string id) => table.Find(id);

    /// <summary>Reads rows before an ordinal, newest first.</summary>
    protected virtual IReadOnlyList<FitRow> ListRows(long beforeOrdinal, int count, string modelId) =>
        table.List(beforeOrdinal, count, modelId);

    /// <summary>Completes when the row of a fit that another server runs may have another event than one that a watcher has seen.</summary>
    protected virtual Task RowChangedAsync(string id, long sequence) => Task.CompletedTask;

    /// <summary>Returns what a transaction that changes a running fit checks first; null: nothing.</summary>
    protected virtual Action<DbConnection>? Guard(FitJob job) => null;

    /// <summary>Returns what the transaction that ends a fit does first; null: nothing.</summary>
    protected virtual Action<DbConnection>? EndGuard(FitJob job) => null;

    /// <summary>Adds a fit to those of this process.</summary>
    protected void Add(FitJob job) => _live[job.Id] = job;

    /// <summary>Removes a fit from those of this process.</summary>
    protected virtual void Remove(FitJob job) => _live.TryRemove(job.Id, out _);

    /// <summary>Reports that a fit may wait.</summary>
    protected void Signal() => _signal.Writer.TryWrite(true);

    /// <summary>Returns the state of a new fit.</summary>
    protected FitState NewState(FitRequest request)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return new()
        {
            Id = (request.IsAssignment ? FitState.AssignmentPrefix : FitState.FitPrefix) + Guid.CreateVersion7(now).ToString("N"),
            ModelId = request.ModelId,
            CorpusId = request.CorpusId,
            ParentVersion = request.ParentVersion,
            AssignLabels = request.AssignLabels,
            Created = now,
            CreatedBy = request.Caller,
            Estimate = request.Estimate,
        };
    }

    /// <summary>Checks the quota of a caller.</summary>
    /// <exception cref="ServiceException">The caller sees too many queued and running fits.</exception>
    protected static void RequireQuota(CallerUse? caller, IEnumerable<FitState> unfinished)
    {
        if (caller is { Quota.Limits.Fits: > 0 })
        {
            caller.Quota.RequireFit(unfinished.Count(state => caller.Caller.Grant.SeesFit(state.ModelId, state.CorpusId)));
        }
    }

    /// <summary>
    /// Checks the length of the queue. A caller without a queued fit gets a place in a full queue, up to twice the limit: fits that are
    /// queued are durable and cannot make room.
    /// </summary>
    /// <exception cref="ServiceException">The queue is full.</exception>
    protected void RequirePlace(string caller, IReadOnlyCollection<FitState> queued)
    {
        int limit = queued.Any(state => state.CreatedBy == caller) ? Options.MaxQueued : 2 * Options.MaxQueued;
        if (queued.Count >= limit)
        {
            throw Fault.FitQueueFull(limit);
        }
    }

    /// <summary>Writes the state of a fit of this process.</summary>
    protected void Save(FitJob job, FitState state) =>
        table.Update(state, job.Attempts, job.Sequence + SequenceReserve, Guard(job));

    private static ServiceException NotFound(string id) => Fault.FitNotFound(ResourceNames.Fit(id));

    /// <summary>Returns the last event of a fit that is not one of this process; null: there is no such fit.</summary>
    private FitEvent? FindEvent(string id) => FindRow(id) is { } row ? new FitEvent(row.LastSequence, row.State) : null;
}
