using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>All fits: queued and running ones in memory with their events, ended ones in the database.</summary>
internal sealed class FitStore : IDisposable
{
    // Event numbers are not written one by one; after a restart they continue above this reserve.
    private const long SequenceReserve = 1_000_000;

    private readonly FitTable _table;
    private readonly TimeProvider _clock;
    private readonly FitOptions _options;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, FitJob> _live = new(StringComparer.Ordinal);
    private readonly Channel<bool> _signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public FitStore(FitTable table, IOptions<FitOptions> options, TimeProvider clock)
    {
        _table = table;
        _clock = clock;
        _options = options.Value;
    }

    /// <summary>Queues the fits that the last run of the server left unfinished, in their old order.</summary>
    public void Resume()
    {
        foreach (FitRow row in _table.ListUnfinished())
        {
            FitJob job = new(row, _options.KeptEvents);
            _live[job.Id] = job;
            if (row.State.Status == FitStatus.Cancelling)
            {
                End(job, static state => state with { Status = FitStatus.Cancelled });
            }
            else if (row.Attempts >= _options.MaxAttempts)
            {
                End(job, state => state with { Status = FitStatus.Failed, Error = StatusMapping.ToProto(Fault.FitGivenUp(row.Attempts)) });
            }
            else
            {
                Save(job, job.Change(static state => state with { Status = FitStatus.Queued }));
            }
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Queues a fit, or returns the one that the same request queued before.</summary>
    public FitState Start(FitRequest request)
    {
        lock (_gate)
        {
            if (request.RequestId.Length > 0 && _table.FindByRequest(request.RequestId) is { } earlier)
            {
                return earlier.Sha256.AsSpan().SequenceEqual(request.Sha256) ? Get(earlier.Id) : throw Fault.RequestIdReused();
            }

            if (_live.Values.Count(static job => job.State.Status == FitStatus.Queued) >= _options.MaxQueued)
            {
                throw Fault.FitQueueFull(_options.MaxQueued);
            }

            FitState queued = new()
            {
                Id = "f" + Guid.CreateVersion7(_clock.GetUtcNow()).ToString("N"),
                ModelId = request.ModelId,
                CorpusId = request.CorpusId,
                ParentVersion = request.ParentVersion,
                AssignLabels = request.AssignLabels,
                Created = _clock.GetUtcNow(),
            };
            FitJob job = new(_table.Add(queued, request, SequenceReserve), _options.KeptEvents);
            job.Change(static state => state);
            _live[job.Id] = job;
            _signal.Writer.TryWrite(true);
            return queued;
        }
    }

    /// <summary>Returns the state of a fit.</summary>
    /// <exception cref="ServiceException">There is no such fit.</exception>
    public FitState Get(string id) => FindLive(id)?.State ?? Row(id).State;

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

    /// <summary>Finds a fit that waits for a corpus or reads it.</summary>
    public FitState? FindUnfinished(string corpusId) =>
        _live.Values.Select(static job => job.State).FirstOrDefault(state => state.CorpusId == corpusId && !state.HasEnded);

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

            FitState cancelling = job.Change(static state => state with { Status = FitStatus.Cancelling });
            if (!cancelling.HasEnded)
            {
                Save(job, cancelling);
                job.Cancel();
            }

            return cancelling;
        }
    }

    /// <summary>Waits until a fit may have been queued.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _signal.Reader.ReadAsync(cancellationToken);

    /// <summary>Starts the fit that has waited longest.</summary>
    /// <returns>Null when none waits.</returns>
    public FitJob? TryBegin()
    {
        lock (_gate)
        {
            FitJob? job = _live.Values.Where(static job => job.State.Status == FitStatus.Queued).MinBy(static job => job.Ordinal);
            if (job is not null)
            {
                job.Attempts++;
                Save(job, job.Change(state => state with { Status = FitStatus.Running, Started = _clock.GetUtcNow() }));
            }

            return job;
        }
    }

    /// <summary>Records that a stop of the server, not a failure, ended this attempt: it does not count.</summary>
    public void Interrupt(FitJob job)
    {
        job.Attempts--;
        Save(job, job.State);
    }

    /// <summary>Ends a fit: durable first, then visible to its watchers.</summary>
    /// <param name="job">The fit.</param>
    /// <param name="change">Sets the last status.</param>
    /// <param name="report">Report of a fit that succeeded.</param>
    public FitState End(FitJob job, Func<FitState, FitState> change, FitReport? report = null)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        FitState result = job.Change(state =>
        {
            FitState ended = change(state).WithoutStage() with { Ended = now };
            _table.End(ended, job.Attempts, job.Sequence + 1, report);
            return ended;
        });
        _live.TryRemove(job.Id, out _);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FitJob job in _live.Values)
        {
            job.Dispose();
        }
    }

    private FitRow Row(string id) => _table.Find(id) ?? throw Fault.FitNotFound(ResourceNames.Fit(id));

    private void Save(FitJob job, FitState state) => _table.Update(state, job.Attempts, job.Sequence + SequenceReserve);
}
