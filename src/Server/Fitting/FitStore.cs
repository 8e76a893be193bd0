using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// All fits: queued and running ones in memory with their events, ended ones in the database. Methods that read or write rows wait for the
/// disk; a thread of the pool calls them by <see cref="RunAsync"/>. <see cref="FindLive"/> and <see cref="FindUnfinished"/> do not wait.
/// </summary>
internal sealed class FitStore : IDisposable
{
    // Event numbers are not written one by one; after a restart they continue above this reserve.
    private const long SequenceReserve = 1_000_000;

    private readonly FitTable _table;
    private readonly DiskSpace? _space;
    private readonly CrashedTexts? _crashed;
    private readonly TimeProvider _clock;
    private readonly FitOptions _options;
    private long _endedCount;
    private readonly Lock _gate = new();
    private readonly FitTurns _turns = new();
    private readonly ConcurrentDictionary<string, FitJob> _live = new(StringComparer.Ordinal);
    private readonly Channel<bool> _signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public FitStore(
        FitTable table, IOptions<FitOptions> options, TimeProvider clock, DiskSpace? space = null, CrashedTexts? crashed = null)
    {
        _table = table;
        _space = space;
        _crashed = crashed;
        _clock = clock;
        _options = options.Value;
    }

    /// <summary>Number of fits that have ended since the start; it rises before their end is visible.</summary>
    public long EndedCount => Interlocked.Read(ref _endedCount);

    /// <summary>Queues the fits that the last run of the server left unfinished, in their old order.</summary>
    public void Resume()
    {
        CrashVerdict crash = _crashed?.Settle() ?? CrashVerdict.None;
        foreach (FitRow row in _table.ListUnfinished())
        {
            FitJob job = new(row, _options.KeptEvents);
            _live[job.Id] = job;
            if (row.State is { Status: not FitStatus.Queued, IsDerivation: false } && row.State.CorpusId == crash.CorpusId)
            {
                job.Attempts = crash.HasQuarantined ? 0 : job.Attempts;
                job.RunsSuspectsAlone = crash.HasSuspects;
            }
            _turns.Queued(job.Caller);

            job.Change(static state => state with { Status = FitStatus.Queued });
            if (row.State.Status == FitStatus.Cancelling)
            {
                job.Cancel();
            }
        }

        TrySaveQueued();
        _signal.Writer.TryWrite(true);
    }

    /// <summary>Runs methods of the store on the thread of the database.</summary>
    public Task<T> RunAsync<T>(Func<FitStore, T> work, CancellationToken cancellationToken) =>
        _table.RunAsync(() => work(this), cancellationToken);

    /// <summary>Runs methods of the store on the thread of the database.</summary>
    public Task RunAsync(Action<FitStore> work, CancellationToken cancellationToken) => RunAsync(
        store =>
        {
            work(store);
            return true;
        },
        cancellationToken);

    /// <summary>Returns the state of a fit; waits for the disk only if the fit has ended.</summary>
    /// <exception cref="ServiceException">There is no such fit.</exception>
    public async Task<FitState> GetAsync(string id, CancellationToken cancellationToken) =>
        FindLive(id)?.State ?? await RunAsync(store => store.Get(id), cancellationToken);

    /// <summary>Queues a fit, or returns the one that the same request queued before.</summary>
    /// <param name="request">The checked request.</param>
    /// <param name="requireRoom">Checks the limits of what the fit will store; not called for a repeated request.</param>
    /// <exception cref="ServiceException">The queue is full, a limit is reached, or the request id was reused.</exception>
    public FitState Start(FitRequest request, Action requireRoom)
    {
        lock (_gate)
        {
            if (request.RequestId.Length > 0 && _table.FindByRequest(request.RequestId) is { } earlier)
            {
                return earlier.Sha256.AsSpan().SequenceEqual(request.Sha256) ? Get(earlier.Id) : throw Fault.RequestIdReused();
            }

            RequirePlace(request.Caller);
            requireRoom();
            _space?.Require(request.Settings.CalculateSize() + (request.Operation?.CalculateSize() ?? 0));
            FitState queued = new()
            {
                Id = (request.IsAssignment ? FitState.AssignmentPrefix : FitState.FitPrefix)
                    + Guid.CreateVersion7(_clock.GetUtcNow()).ToString("N"),
                ModelId = request.ModelId,
                CorpusId = request.CorpusId,
                ParentVersion = request.ParentVersion,
                AssignLabels = request.AssignLabels,
                Created = _clock.GetUtcNow(),
                CreatedBy = request.Caller,
                Estimate = request.Estimate,
            };
            FitJob job = new(_table.Add(queued, request, SequenceReserve, _options.MaxStored), _options.KeptEvents)
            {
                Trace = request.Trace,
            };
            job.Change(static state => state);
            _live[job.Id] = job;
            _turns.Queued(job.Caller);
            _signal.Writer.TryWrite(true);
            return queued;
        }
    }

    /// <summary>Returns the state of a fit.</summary>
    /// <exception cref="ServiceException">There is no such fit.</exception>
    public FitState Get(string id) => FindLive(id)?.State ?? Row(id).State;

    /// <summary>Returns the state of a fit; null: there is no such fit.</summary>
    public FitState? Find(string id) => FindLive(id)?.State ?? _table.Find(id)?.State;

    /// <summary>Reads what a fit was asked and, after success, what it did.</summary>
    public FitContent ReadContent(string id) => _table.ReadContent(id);

    /// <summary>Finds a queued or running fit.</summary>
    public FitJob? FindLive(string id) => _live.GetValueOrDefault(id);

    /// <summary>Returns the last event of a fit that has ended.</summary>
    public FitEvent LastEvent(string id)
    {
        FitRow row = Row(id);
        return new FitEvent(row.LastSequence, row.State);
    }

    /// <summary>Checks the quota of a caller.</summary>
    /// <exception cref="ServiceException">The caller sees too many queued and running fits.</exception>
    public void RequireQuota(CallerUse? caller)
    {
        if (caller is { Quota.Limits.Fits: > 0 })
        {
            caller.Quota.RequireFit(_live.Values.Count(job =>
                !job.State.HasEnded && caller.Caller.Grant.SeesFit(job.State.ModelId, job.State.CorpusId)));
        }
    }

    /// <summary>Finds a fit that waits for a corpus or reads it.</summary>
    public FitState? FindUnfinished(string corpusId) =>
        _live.Values.Select(static job => job.State).FirstOrDefault(state => state.CorpusId == corpusId && !state.HasEnded);

    /// <summary>Starts the running fits again that may have read documents of a corpus.</summary>
    /// <returns>A task that completes when their current runs have ended.</returns>
    public Task RestartReaders(string corpusId)
    {
        List<Task> ends = [];
        foreach (FitJob job in _live.Values.Where(job => job.State is { IsDerivation: true } || job.State.CorpusId == corpusId))
        {
            ends.Add(job.RunEnded);
            job.Restart();
        }

        return Task.WhenAll(ends);
    }

    /// <summary>Lists fits before an ordinal, newest first.</summary>
    public IReadOnlyList<(long Ordinal, FitState State)> List(long beforeOrdinal, int count, string modelId) =>
        [.. _table.List(beforeOrdinal, count, modelId).Select(row => (row.Ordinal, FindLive(row.State.Id)?.State ?? row.State))];

    /// <summary>Asks a fit to stop; a queued one has ended when this returns.</summary>
    public FitState Cancel(string id)
    {
        if (FindLive(id) is not { } job)
        {
            return Row(id).State;
        }

        lock (_gate)
        {
            if (job.State.Status == FitStatus.Queued)
            {
                return End(job, static state => state with { Status = FitStatus.Cancelled });
            }

            FitState state = job.State;
            if (state.HasEnded)
            {
                return state;
            }

            Save(job, state with { Status = FitStatus.Cancelling });
            FitState cancelling = job.Change(static current => current with { Status = FitStatus.Cancelling });
            job.Cancel();
            return cancelling;
        }
    }

    /// <summary>Waits until a fit may have been queued.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _signal.Reader.ReadAsync(cancellationToken);

    /// <summary>
    /// Starts the fit that has waited longest of the caller whose turn it is, and ends those that can no longer run.
    /// </summary>
    /// <returns>Null when none waits.</returns>
    /// <exception cref="ServiceException">The state cannot be stored; nothing has changed.</exception>
    public FitJob? TryBegin()
    {
        lock (_gate)
        {
            EndUnrunnable();
            FitJob? job = _turns.Next(Queued());
            if (job is null)
            {
                return null;
            }

            // Durable first: a fit whose attempts are not counted could stop the server again and again.
            DateTimeOffset now = _clock.GetUtcNow();
            FitState running = job.State with { Status = FitStatus.Running, Started = now };
            _table.Update(running, job.Attempts + 1, job.Sequence + 1 + SequenceReserve);
            job.Attempts++;
            _turns.Begun(job.Caller);
            job.Change(state => state with { Status = FitStatus.Running, Started = now });
            return job;
        }
    }

    /// <summary>Ends the queued fits that were canceled or have no attempt left.</summary>
    /// <returns>Whether a fit waits.</returns>
    /// <exception cref="ServiceException">The end of a fit cannot be stored.</exception>
    public bool EndUnrunnable()
    {
        lock (_gate)
        {
            foreach (FitJob job in Queued())
            {
                if (job.Cancelled.IsCancellationRequested)
                {
                    End(job, static state => state with { Status = FitStatus.Cancelled });
                }
                else if (job.Attempts >= _options.MaxAttempts && !job.RunsSuspectsAlone)
                {
                    ServiceException error = Fault.FitGivenUp(job.Attempts);
                    End(job, state => state with { Status = FitStatus.Failed, Error = StatusMapping.ToProto(error) });
                }
            }

            return Queued().Length > 0;
        }
    }

    /// <summary>Queues a running fit again, before the other fits of its caller. Writes nothing, because the disk may be full.</summary>
    /// <param name="job">The fit.</param>
    /// <param name="countsAttempt">Whether the attempt counts.</param>
    public void Requeue(FitJob job, bool countsAttempt)
    {
        lock (_gate)
        {
            job.Attempts -= countsAttempt ? 0 : 1;
            job.Change(static state => state.WithoutStage() with { Status = FitStatus.Queued, Started = null });
        }
    }

    /// <summary>Records that a stop of the server, not a failure, ended this attempt: it does not count.</summary>
    public void Interrupt(FitJob job)
    {
        job.Attempts--;
        Save(job, job.State);
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
    public FitState End(FitJob job, Func<FitState, FitState> change, FitReport? report = null)
    {
        lock (_gate)
        {
            FitState state = job.State;
            if (state.HasEnded)
            {
                return state;
            }

            // Not inside the change: readers of the state must not wait for the disk. Nothing else changes a fit whose work is done.
            FitState ended = change(state).WithoutStage() with { Ended = _clock.GetUtcNow() };
            _table.End(ended, job.Attempts, job.Sequence + 1, report);
            Interlocked.Increment(ref _endedCount);
            job.Change(_ => ended);
            _live.TryRemove(job.Id, out _);
            if (!_live.Values.Any(other => other.Caller == job.Caller))
            {
                _turns.Left(job.Caller);
            }

            return ended;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FitJob job in _live.Values)
        {
            job.Dispose();
        }
    }

    /// <summary>
    /// Checks the length of the queue. A caller without a queued fit gets a place in a full queue, up to twice the limit: fits that are
    /// queued are durable and cannot make room.
    /// </summary>
    private void RequirePlace(string caller)
    {
        FitJob[] queued = Queued();
        int limit = Array.Exists(queued, job => job.Caller == caller) ? _options.MaxQueued : 2 * _options.MaxQueued;
        if (queued.Length >= limit)
        {
            throw Fault.FitQueueFull(limit);
        }
    }

    private FitJob[] Queued() =>
        [.. _live.Values.Where(static job => job.State.Status == FitStatus.Queued).OrderBy(static job => job.Ordinal)];

    /// <summary>Stores the resumed fits. If the disk is full, their rows stay as they are until the fits begin.</summary>
    private void TrySaveQueued()
    {
        try
        {
            EndUnrunnable();
            foreach (FitJob job in Queued())
            {
                Save(job, job.State);
            }
        }
        catch (ServiceException exception) when (StorageErrors.IsStorageFailure(exception))
        {
            // The server starts on a full disk; the database has logged the failure.
        }
    }

    private FitRow Row(string id) => _table.Find(id) ?? throw Fault.FitNotFound(ResourceNames.Fit(id));

    private void Save(FitJob job, FitState state) => _table.Update(state, job.Attempts, job.Sequence + SequenceReserve);
}
