using Microsoft.Extensions.Options;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Fitting;

/// <summary>The queue of a single server: all fits that have not ended are in memory.</summary>
internal sealed class LocalFitStore(
    FitTable table,
    IOptions<FitOptions> options,
    TimeProvider clock,
    DiskSpace? space = null,
    CrashedTexts? crashed = null) : FitStore(table, options, clock)
{
    private readonly FitTurns _turns = new();

    /// <summary>Queues the fits that the last run of the server left unfinished, in their old order.</summary>
    public override void Resume()
    {
        CrashVerdict crash = crashed?.Settle() ?? CrashVerdict.None;
        foreach (FitRow row in Table.ListUnfinished())
        {
            FitJob job = new(row, Options.KeptEvents);
            Add(job);
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
        Signal();
    }

    /// <inheritdoc/>
    public override FitState Start(FitRequest request, CallerUse? caller, Action requireRoom)
    {
        lock (Gate)
        {
            if (request.RequestId.Length > 0 && Table.FindByRequest(request.RequestId) is { } earlier)
            {
                return earlier.Sha256.AsSpan().SequenceEqual(request.Sha256) ? Get(earlier.Id) : throw Fault.RequestIdReused();
            }

            RequirePlace(request.Caller, [.. Queued().Select(static job => job.State)]);
            RequireQuota(caller, Live.Select(static job => job.State).Where(static state => !state.HasEnded));
            requireRoom();
            space?.Require(request.Settings.CalculateSize() + (request.Operation?.CalculateSize() ?? 0));
            FitState queued = NewState(request);
            FitJob job = new(Table.Add(queued, request, SequenceReserve, Options.MaxStored), Options.KeptEvents)
            {
                Trace = request.Trace,
            };
            job.Change(static state => state);
            Add(job);
            _turns.Queued(job.Caller);
            Signal();
            return queued;
        }
    }

    /// <inheritdoc/>
    public override Task<FitState?> FindUnfinishedAsync(string corpusId, CancellationToken cancellationToken) => Task.FromResult(
        Live.Select(static job => job.State).FirstOrDefault(state => state.CorpusId == corpusId && !state.HasEnded));

    /// <inheritdoc/>
    public override Task RestartReaders(string corpusId)
    {
        List<Task> ends = [];
        foreach (FitJob job in Live.Where(job => job.State.MayRead(corpusId)))
        {
            ends.Add(job.RunEnded);
            job.Restart();
        }

        return Task.WhenAll(ends);
    }

    /// <inheritdoc/>
    public override FitState Cancel(string id)
    {
        if (FindLive(id) is not { } job)
        {
            return Get(id);
        }

        lock (Gate)
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

    /// <inheritdoc/>
    public override FitJob? TryBegin()
    {
        lock (Gate)
        {
            EndUnrunnable();
            FitJob? job = _turns.Next(Queued());
            if (job is null)
            {
                return null;
            }

            // Durable first: a fit whose attempts are not counted could stop the server again and again.
            DateTimeOffset now = Clock.GetUtcNow();
            FitState running = job.State with { Status = FitStatus.Running, Started = now };
            Table.Update(running, job.Attempts + 1, job.Sequence + 1 + SequenceReserve);
            job.Attempts++;
            _turns.Begun(job.Caller);
            job.Change(state => state with { Status = FitStatus.Running, Started = now });
            return job;
        }
    }

    /// <inheritdoc/>
    public override bool EndUnrunnable()
    {
        lock (Gate)
        {
            foreach (FitJob job in Queued())
            {
                if (job.Cancelled.IsCancellationRequested)
                {
                    End(job, static state => state with { Status = FitStatus.Cancelled });
                }
                else if (job.Attempts >= Options.MaxAttempts && !job.RunsSuspectsAlone)
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
    public override void Requeue(FitJob job, bool countsAttempt)
    {
        lock (Gate)
        {
            job.Attempts -= countsAttempt ? 0 : 1;
            job.Change(static state => state.WithoutStage() with { Status = FitStatus.Queued, Started = null });
        }
    }

    /// <inheritdoc/>
    public override void Interrupt(FitJob job)
    {
        job.Attempts--;
        Save(job, job.State);
    }

    /// <inheritdoc/>
    protected override void Remove(FitJob job)
    {
        base.Remove(job);
        if (!Live.Any(other => other.Caller == job.Caller))
        {
            _turns.Left(job.Caller);
        }
    }

    private FitJob[] Queued() =>
        [.. Live.Where(static job => job.State.Status == FitStatus.Queued).OrderBy(static job => job.Ordinal)];

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
}
