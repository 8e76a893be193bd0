using System.Data.Common;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Storage;
using TopicGrpc.V1;

namespace TopicGrpc.Cluster.Jobs;

/// <summary>
/// The queue that the members of a cluster share. A member claims one job at a time; in memory are the jobs that run here, in the database
/// all others. Each change of a job checks its claim in the same transaction, so a member that was paused while another one took over its
/// job changes nothing.
/// </summary>
internal sealed class SharedFitStore(
    FitTable table,
    MetadataDatabase database,
    IMembers members,
    IOptions<FitOptions> options,
    TimeProvider clock,
    CrashedTexts crashed,
    IEnumerable<IJobResources> resources) : FitStore(table, options, clock)
{
    private readonly IJobResources[] _resources = [.. resources];
    private readonly RowWatch _watch = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Queues what a former process of this folder left: its text that ended the process is recorded first.</summary>
    public override void Resume()
    {
        crashed.Settle();
        database.Write(static connection =>
        {
            ClaimTable.AddMissing(connection);
            return true;
        });
        Signal();
    }

    /// <inheritdoc/>
    public override FitState Start(FitRequest request, CallerUse? caller, Action requireRoom)
    {
        if (request.RequestId.Length == 0 || Table.FindByRequest(request.RequestId) is null)
        {
            requireRoom();
        }

        FitState queued = NewState(request);
        FitState started = database.Write(connection => Start(connection, queued, request, caller));
        Signal();
        return started;
    }

    /// <inheritdoc/>
    public override FitState Cancel(string id)
    {
        FitState state = database.Write(connection => Cancel(connection, id)) ?? Get(id);
        if (state.Status == FitStatus.Cancelling && FindLive(id) is { } job)
        {
            state = job.Change(static current => current with { Status = FitStatus.Cancelling });
            job.Cancel();
        }

        return state;
    }

    /// <inheritdoc/>
    public override FitJob? TryBegin()
    {
        lock (Gate)
        {
            foreach (WaitingJob waiting in Waiting())
            {
                (FitRow Row, long Epoch)? claimed = database.Write(connection => TryClaim(connection, waiting.Row.State.Id));
                if (claimed is not var (row, epoch))
                {
                    continue;
                }

                FitJob job = new(row with { State = row.State with { Status = FitStatus.Queued } }, Options.KeptEvents) { Epoch = epoch };
                Add(job);
                job.Change(_ => row.State);
                return job;
            }

            return null;
        }
    }

    /// <inheritdoc/>
    public override bool EndUnrunnable() => Waiting().Count > 0;

    /// <summary>Releases a job, so that any member may claim it.</summary>
    /// <inheritdoc/>
    public override void Requeue(FitJob job, bool countsAttempt)
    {
        FitState queued = job.State.WithoutStage() with { Status = FitStatus.Queued, Started = null };
        try
        {
            int attempts = job.Attempts - (countsAttempt ? 0 : 1);
            long sequence = job.Sequence + 1;
            database.Write(connection =>
            {
                ClaimTable.Release(connection, job.Id, job.Epoch, sequence);
                return FitTable.Update(connection, queued, attempts, sequence);
            });
        }
        catch (ClaimLostException)
        {
            // Another member has claimed it.
        }
        catch (ServiceException failure) when (StorageErrors.IsStorageFailure(failure))
        {
            // The claim stays; this member claims the job again when the database works.
        }

        Lose(job);
    }

    /// <inheritdoc/>
    public override void Interrupt(FitJob job) => Requeue(job, countsAttempt: false);

    /// <inheritdoc/>
    public override FitState End(FitJob job, Func<FitState, FitState> change, FitReport? report = null)
    {
        try
        {
            return base.End(job, change, report);
        }
        catch (ClaimLostException)
        {
            Lose(job);
            return job.State;
        }
    }

    /// <inheritdoc/>
    public override Task<FitState?> FindUnfinishedAsync(string corpusId, CancellationToken cancellationToken) => database.ReadAsync(
        connection => FitTable.ListUnfinished(connection)
            .Select(static row => row.State)
            .FirstOrDefault(state => state.CorpusId == corpusId),
        cancellationToken);

    /// <inheritdoc/>
    public override Task RestartReaders(string corpusId) => Task.Run(
        () => new ReaderRestart(database, _resources, Clock, _stopping.Token).RunAsync(corpusId), CancellationToken.None);

    /// <inheritdoc/>
    public override void Require(DbConnection connection, ModelVersion version)
    {
        if (version.Fit.Length > 0)
        {
            string id = RequestNames.ParseFit(version.Fit, "fit");
            FitJob job = FindLive(id) ?? throw new ClaimLostException(id, 0);
            ClaimTable.Publish(connection, id, job.Epoch, version.Name);
        }
    }

    /// <summary>
    /// Writes the progress of the jobs that run here and obeys what other members ask of them; notifies the watchers of jobs on other
    /// members; starts the next job if this member is idle. Called about once a second.
    /// </summary>
    /// <exception cref="ServiceException">The database fails.</exception>
    public async Task PulseAsync(CancellationToken cancellationToken)
    {
        foreach (FitJob job in Live)
        {
            await ExchangeAsync(job, cancellationToken);
        }

        string[] ids = _watch.Ids;
        if (ids.Length > 0)
        {
            List<JobClaim> claims = await database.ReadAsync(connection => ClaimTable.Read(connection, ids), cancellationToken);
            _watch.Report(ids, claims
                .Where(claim => FindLive(claim.FitId) is null)
                .ToDictionary(static claim => claim.FitId, static claim => claim.Sequence, StringComparer.Ordinal));
        }

        if (Live.Count == 0 && await RunAsync(static store => store.EndUnrunnable(), cancellationToken))
        {
            Signal();
        }
    }

    /// <inheritdoc/>
    protected override Action<DbConnection>? Guard(FitJob job) =>
        connection => ClaimTable.RequireCurrent(connection, job.Id, job.Epoch);

    /// <inheritdoc/>
    protected override Action<DbConnection>? EndGuard(FitJob job) => connection => Remove(connection, job.Id, job.Epoch);

    /// <inheritdoc/>
    protected override FitRow? FindRow(string id) => database.Read(connection =>
        FitTable.Find(connection, id) is { } row ? Complete(connection, [row])[0] : null);

    /// <inheritdoc/>
    protected override IReadOnlyList<FitRow> ListRows(long beforeOrdinal, int count, string modelId) =>
        database.Read(connection => Complete(connection, FitTable.List(connection, beforeOrdinal, count, modelId)));

    /// <inheritdoc/>
    protected override Task RowChangedAsync(string id, long sequence) => _watch.ChangedAsync(id, sequence);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _stopping.Cancel();
        _stopping.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Adds the progress of unfinished jobs, in the transaction that has read their rows.</summary>
    private static IReadOnlyList<FitRow> Complete(DbConnection connection, IReadOnlyList<FitRow> rows)
    {
        string[] unfinished = [.. rows.Where(static row => !row.State.HasEnded).Select(static row => row.State.Id)];
        if (unfinished.Length == 0)
        {
            return rows;
        }

        var claims = ClaimTable.Read(connection, unfinished).ToDictionary(static claim => claim.FitId, StringComparer.Ordinal);
        return [.. rows.Select(row => claims.TryGetValue(row.State.Id, out JobClaim? claim) ? claim.Complete(row) : row)];
    }

    private bool IsRunning(JobClaim claim) =>
        claim.IsHeld && (claim.Member != members.Own.Id || FindLive(claim.FitId) is not null);

    /// <summary>Returns whether this member drains and another one can run its job.</summary>
    private bool CanMove() =>
        members.Own.State == MemberState.Draining && members.Known.Any(member => member.Id != members.Own.Id && member.RunsJobs);

    private IReadOnlyList<WaitingJob> Waiting()
    {
        if (!members.Own.RunsJobs)
        {
            return [];
        }

        long memory = FitEstimation.LimitOf(Options);
        return [.. database.Read(connection => JobOrder.Of(
            FitTable.ListUnfinished(connection), ClaimTable.ReadAll(connection), ClaimTable.LastStarts(connection), IsRunning))
            .Where(job => job.Claim.Memory <= memory)];
    }

    private FitState Start(DbConnection connection, FitState queued, FitRequest request, CallerUse? caller)
    {
        if (request.RequestId.Length > 0 && FitTable.FindByRequest(connection, request.RequestId) is { } earlier)
        {
            return earlier.Sha256.AsSpan().SequenceEqual(request.Sha256)
                ? FitTable.Find(connection, earlier.Id)!.State
                : throw Fault.RequestIdReused();
        }

        // Read in the transaction: of two members that add the last fit at once, the database rejects and repeats one.
        FitState[] unfinished = [.. FitTable.ListUnfinished(connection).Select(static row => row.State)];
        RequirePlace(request.Caller, [.. unfinished.Where(static state => state.Status == FitStatus.Queued)]);
        RequireQuota(caller, unfinished);
        FitTable.Add(connection, queued, request, lastSequence: 1, Options.MaxStored);
        ClaimTable.Add(connection, queued, sequence: 1);
        return queued;
    }

    /// <returns>The state; null: there is no such job, or it has ended.</returns>
    private FitState? Cancel(DbConnection connection, string id)
    {
        if (FitTable.Find(connection, id) is not { State.HasEnded: false } row || ClaimTable.Find(connection, id) is not { } claim)
        {
            return null;
        }

        if (!IsRunning(claim))
        {
            return End(connection, row, claim, static state => state with { Status = FitStatus.Cancelled });
        }

        ClaimTable.Cancel(connection, id);
        FitState cancelling = row.State with { Status = FitStatus.Cancelling };
        FitTable.Update(connection, cancelling, row.Attempts, row.LastSequence);
        return cancelling;
    }

    /// <returns>The job as it starts, and the epoch of its claim; null: another member runs it, or it can no longer run.</returns>
    private (FitRow Row, long Epoch)? TryClaim(DbConnection connection, string id)
    {
        if (FitTable.Find(connection, id) is not { State.HasEnded: false } row
            || ClaimTable.Find(connection, id) is not { } claim
            || IsRunning(claim))
        {
            return null;
        }

        if (claim.IsCancelled || row.State.Status == FitStatus.Cancelling)
        {
            End(connection, row, claim, static state => state with { Status = FitStatus.Cancelled });
            return null;
        }

        if (row.Attempts >= Options.MaxAttempts && claim.Version.Length == 0)
        {
            ServiceException error = Fault.FitGivenUp(row.Attempts);
            End(connection, row, claim, state => state with { Status = FitStatus.Failed, Error = StatusMapping.ToProto(error) });
            return null;
        }

        FitState running = row.State with { Status = FitStatus.Running, Started = Clock.GetUtcNow() };
        long sequence = row.LastSequence + 1;
        FitTable.Update(connection, running, row.Attempts + 1, sequence + SequenceReserve);
        long epoch = ClaimTable.Claim(connection, claim, members.Own.Id, members.Own.Epoch, sequence);
        return (new FitRow(row.Ordinal, row.Attempts + 1, row.LastSequence, running), epoch);
    }

    private FitState End(DbConnection connection, FitRow row, JobClaim claim, Func<FitState, FitState> change)
    {
        FitState ended = change(row.State).WithoutStage() with { Ended = Clock.GetUtcNow() };
        Remove(connection, row.State.Id, claim.Epoch);
        FitTable.Update(connection, ended, row.Attempts, row.LastSequence + 1);
        return ended;
    }

    private void Remove(DbConnection connection, string fitId, long epoch)
    {
        ClaimTable.Remove(connection, fitId, epoch);
        Array.ForEach(_resources, owner => owner.Release(connection, fitId));
    }

    private async Task ExchangeAsync(FitJob job, CancellationToken cancellationToken)
    {
        JobClaim? claim = await database.ReadAsync(connection => ClaimTable.Find(connection, job.Id), cancellationToken);
        if (claim?.Epoch != job.Epoch)
        {
            // The end of the job may have been stored after the row was read; it is visible when the gate is free.
            lock (Gate)
            {
                if (!job.State.HasEnded && FindLive(job.Id) == job)
                {
                    Lose(job);
                }
            }

            return;
        }

        if (claim.IsCancelled && !job.Cancelled.IsCancellationRequested)
        {
            job.Change(static current => current with { Status = FitStatus.Cancelling });
            job.Cancel();
        }

        if (claim.IsRestarted || CanMove())
        {
            job.Restart();
        }

        if (job.Sequence != claim.Sequence)
        {
            try
            {
                await database.WriteAsync(
                    connection => ClaimTable.Report(connection, job), cancellationToken);
            }
            catch (ClaimLostException)
            {
                // The job has ended, or the next pulse finds that it is lost.
            }
        }
    }
}
