using System.Threading.Channels;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Embedding;

/// <summary>
/// Gives the chunks of one run to members and takes their results over, on one logical thread. A chunk that is late, or whose member fails,
/// is given to another member; the first result is used, and all results are equal. A text that ends or hangs the processes that embed it
/// alone is left out after a bounded number of them, see <see cref="SuspectTexts"/>.
/// </summary>
internal sealed class ChunkDispatch
{
    private const int MaxFailures = 3;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BusyDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FailureDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan NoWorkerTimeout = TimeSpan.FromMinutes(2);

    // Continuations of a write may run at once: a simulation runs the dispatch on one thread.
    private readonly Channel<AttemptOutcome?> _events = Channel.CreateUnbounded<AttemptOutcome?>(
        new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });

    private readonly HashSet<PlannedChunk> _running = [];
    private readonly DispatchContext _context;
    private readonly EmbeddingRun _run;
    private readonly SuspectTexts _suspects;
    private readonly AttemptWatch _watch;
    private readonly WorkerLoads _loads;
    private readonly ChunkDurations _durations;
    private readonly ChunkQueue _queue;
    private readonly EmbeddingWork _work;

    /// <param name="context">Members, limits and clock.</param>
    /// <param name="work">The texts.</param>
    /// <param name="run">Which of them are open.</param>
    /// <param name="suspects">Suspects that earlier runs left.</param>
    public ChunkDispatch(DispatchContext context, EmbeddingWork work, EmbeddingRun run, SuspectTexts suspects)
    {
        _context = context;
        _work = work;
        _run = run;
        _suspects = suspects;
        ClusterEmbeddingOptions options = context.Options;
        _watch = new AttemptWatch(context.Workers, context.SuspectLog, options, context.Clock, context.Logger);
        _loads = new WorkerLoads(context.Workers, options.ChunksPerMember, context.Clock);
        _durations = new ChunkDurations(options.StragglerFactor, options.StragglerMinimum);
        _queue = new ChunkQueue(run.Chunks(options.ChunkTexts, options.ChunkBytes, suspects.Keys).GetEnumerator());
        foreach (EmbeddingChunk alone in run.Alone(suspects.Keys))
        {
            _queue.Add(new PlannedChunk(alone, isSuspect: true) { Deaths = suspects.DeathsOf(work.Key(alone.Texts[0])) });
        }
    }

    /// <summary>Runs until no text is open.</summary>
    /// <param name="cancellationToken">Cancels the chunks on all members.</param>
    /// <exception cref="ServiceException">No member embeds, or the encoder fails on a chunk on several members.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task ticks = TickAsync(stopping.Token);
        try
        {
            while (_run.Open > 0)
            {
                Assign(stopping.Token);
                AttemptOutcome? outcome = await _events.Reader.ReadAsync(stopping.Token);
                if (outcome is null)
                {
                    await ReviewAsync(stopping.Token);
                }
                else
                {
                    await HandleAsync(outcome, stopping.Token);
                }
            }
        }
        finally
        {
#pragma warning disable CA1849 // As above.
            stopping.Cancel();
#pragma warning restore CA1849
            await ticks.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.WhenAll(_running.SelectMany(static chunk => chunk.Attempts).Select(static attempt => attempt.Ended));
            while (_events.Reader.TryRead(out AttemptOutcome? late))
            {
                if (late is not null)
                {
                    await _suspects.EndAsync(late.Attempt);
                    late.Attempt.Dispose();
                }
            }
        }
    }

    private void Assign(CancellationToken cancellationToken)
    {
        List<IEmbeddingWorker> ready = _loads.Ready();
        bool isOnly = _loads.CountUsable() <= 1;
        for (bool hasMore = true; hasMore;)
        {
            hasMore = false;
            foreach (IEmbeddingWorker worker in ready.Where(_loads.HasRoom))
            {
                bool maySuspect = !_loads.HasSuspect(worker) && (!worker.IsOwn || isOnly);
                if (_queue.Take(worker, maySuspect, isOnly) is { } chunk)
                {
                    hasMore = true;
                    Start(chunk, worker, cancellationToken);
                }
            }
        }

        // With the room that is left, because a late chunk delays only the end of the run.
        foreach (PlannedChunk late in _running.Where(IsLate).ToArray())
        {
            if (ready.Find(worker => _loads.HasRoom(worker) && late.Attempts[0].Worker.Id != worker.Id) is { } other)
            {
                Log.ChunkLate(_context.Logger, late.LastWorker, other.Id);
                Start(late, other, cancellationToken);
            }
        }
    }

    private bool IsLate(PlannedChunk chunk) =>
        !chunk.IsSuspect
        && chunk.Attempts is [{ } only]
        && _durations.LateAfter(chunk.Chunk.Cost) is { } late
        && _context.Clock.GetElapsedTime(only.Started) > late;

    private void Start(PlannedChunk chunk, IEmbeddingWorker worker, CancellationToken cancellationToken)
    {
        ChunkAttempt attempt = new(chunk, worker, _context.Clock.GetTimestamp(), cancellationToken);
        chunk.Attempts.Add(attempt);
        chunk.LastWorker = worker.Id;
        _running.Add(chunk);
        _loads.Begin(attempt);
        attempt.Ended = RunAsync(attempt);
    }

    private async Task RunAsync(ChunkAttempt attempt)
    {
        EmbeddingChunk chunk = attempt.Chunk.Chunk;
        ChunkRequest request = new(
            attempt.Id, _context.Encoder, _context.ResultKey(_work.CorpusId, chunk.Name), chunk.Contents());
        UInt128[] keys = [.. chunk.Texts.Select(_work.Key)];
        try
        {
            _events.Writer.TryWrite(
                await _watch.RunAsync(attempt, (_work.CorpusId, _context.Encoder), request, keys, attempt.Token));
        }
#pragma warning disable CA1031 // A defect ends the run instead of leaving it waiting for this chunk.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            _events.Writer.TryComplete(defect);
        }
    }

    private async Task HandleAsync(AttemptOutcome outcome, CancellationToken cancellationToken)
    {
        ChunkAttempt attempt = outcome.Attempt;
        PlannedChunk chunk = attempt.Chunk;
        chunk.Attempts.Remove(attempt);
        _loads.End(attempt);
        if (chunk.Attempts.Count == 0)
        {
            _running.Remove(chunk);
        }

        attempt.Dispose();
        if (_run.IsClosed(chunk.Chunk))
        {
            await _suspects.EndAsync(attempt);
            return;
        }

        switch (outcome.End)
        {
            case AttemptEnd.Answered:
                await _suspects.EndAsync(attempt);
                HandleReply(attempt, outcome.Reply!);
                break;
            case AttemptEnd.Lost:
                _loads.Block(attempt.Worker, FailureDelay);
                await HandleLossAsync(attempt);
                break;
            case AttemptEnd.Stalled:
                _loads.Block(attempt.Worker, FailureDelay);
                await HandleStallAsync(attempt, cancellationToken);
                break;
            default:
                await _suspects.EndAsync(attempt);
                Requeue(chunk);
                break;
        }
    }

    private void HandleReply(ChunkAttempt attempt, ChunkReply reply)
    {
        PlannedChunk chunk = attempt.Chunk;
        switch (reply.Status)
        {
            case ChunkStatus.Done when ChunkResult.Parse(reply.Result ?? []) is { } result && chunk.Chunk.Matches(result):
                _durations.Add(chunk.Chunk.Cost, _context.Clock.GetElapsedTime(attempt.Started));
                _run.Accept(result);
                chunk.Attempts.ForEach(static slower => slower.Cancel());
                return;
            case ChunkStatus.Busy:
                _loads.Block(attempt.Worker, BusyDelay);
                break;
            case ChunkStatus.Draining:
                _loads.Block(attempt.Worker, FailureDelay);
                break;
            case ChunkStatus.OtherEncoder:
                if (_loads.Exclude(attempt.Worker))
                {
                    Log.OtherEncoder(_context.Logger, attempt.Worker.Id);
                }

                break;
            case ChunkStatus.Failed:
            case ChunkStatus.Done:
                _loads.Block(attempt.Worker, FailureDelay);
                string error = reply.Status == ChunkStatus.Done ? "its result is damaged" : reply.Error;
                if (++chunk.Failures == MaxFailures)
                {
                    throw Fault.NotAvailable(FormattableString.Invariant(
                        $"The encoder failed {MaxFailures} times on the same {chunk.Chunk.Texts.Count} texts, the last time on member ")
                        + $"'{attempt.Worker.Id}': {error}.");
                }

                break;
            case ChunkStatus.Running:
            case ChunkStatus.Unknown:
            default:
                break;
        }

        Requeue(chunk);
    }

    private async Task HandleLossAsync(ChunkAttempt attempt)
    {
        PlannedChunk chunk = attempt.Chunk;
        if (!attempt.IsAccepted)
        {
            await _suspects.EndAsync(attempt);
            Requeue(chunk);
        }
        else if (chunk.IsSuspect)
        {
            chunk.Unresolved = attempt;
            chunk.UnresolvedSince = _context.Clock.GetTimestamp();
            _queue.Add(chunk);
        }
        else
        {
            Suspect(chunk);
        }
    }

    private async Task HandleStallAsync(ChunkAttempt attempt, CancellationToken cancellationToken)
    {
        PlannedChunk chunk = attempt.Chunk;
        if (chunk.IsSuspect)
        {
            await _context.SuspectLog.ConfirmAsync(attempt.Id, cancellationToken);
            _queue.Add(chunk);
            CountDeath(chunk);
        }
        else
        {
            await _suspects.EndAsync(attempt);
            Suspect(chunk);
        }
    }

    /// <summary>Runs the texts of a chunk alone, unless another member has the chunk too.</summary>
    private void Suspect(PlannedChunk chunk)
    {
        if (chunk.Attempts.Count > 0)
        {
            return;
        }

        foreach (EmbeddingChunk alone in chunk.Chunk.Split())
        {
            _queue.Add(new PlannedChunk(alone, isSuspect: true) { LastWorker = chunk.LastWorker });
        }
    }

    private void Requeue(PlannedChunk chunk)
    {
        if (chunk.Attempts.Count == 0)
        {
            _queue.Add(chunk);
        }
    }

    private async Task ReviewAsync(CancellationToken cancellationToken)
    {
        if (_loads.WithoutWorkers > NoWorkerTimeout)
        {
            throw Fault.NotAvailable(FormattableString.Invariant(
                $"No member of the cluster has embedded texts for {NoWorkerTimeout.TotalSeconds} s: ")
                + "all members with the role all or embed are away, drain, or have another encoder.");
        }

        foreach (PlannedChunk chunk in _queue.Suspects.Where(static suspect => suspect.Unresolved is not null).ToArray())
        {
            ChunkAttempt attempt = chunk.Unresolved!;
            if (!_context.Workers.IsAlive(attempt.Worker.Id))
            {
                chunk.Unresolved = null;
                CountDeath(chunk);
            }
            else if (_context.Clock.GetElapsedTime(chunk.UnresolvedSince) > _context.Options.StallTimeout)
            {
                // The member was only unreachable.
                chunk.Unresolved = null;
                await _suspects.EndAsync(attempt);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private void CountDeath(PlannedChunk suspect)
    {
        if (++suspect.Deaths >= _context.Options.MaxDeaths)
        {
            int text = suspect.Chunk.Texts[0];
            Log.TextQuarantined(_context.Logger, _work.CorpusId, _work.DocumentId(text), suspect.Deaths);
            _queue.Remove(suspect);
            _run.Quarantine(_work.Key(text));
        }
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(Tick, _context.Clock, cancellationToken);
            _events.Writer.TryWrite(null);
        }
    }
}
