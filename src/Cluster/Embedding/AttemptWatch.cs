using Microsoft.Extensions.Logging;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Cluster.Embedding;

/// <summary>Gives a chunk to a member and waits for its end, with a limit on each call and on the time without progress.</summary>
internal sealed class AttemptWatch(
    IEmbeddingWorkers workers, ISuspectLog suspects, ClusterEmbeddingOptions options, TimeProvider clock, ILogger logger)
{
    private const int CallAttempts = 3;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Runs an attempt.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="run">The run, for the suspect log.</param>
    /// <param name="request">The texts.</param>
    /// <param name="keys">Their keys.</param>
    /// <param name="cancellationToken">Ends the wait and cancels the chunk on its member.</param>
    /// <returns>How it ended; never throws for what a member does.</returns>
    public async Task<AttemptOutcome> RunAsync(
        ChunkAttempt attempt,
        (string Corpus, string Encoder) run,
        ChunkRequest request,
        IReadOnlyList<UInt128> keys,
        CancellationToken cancellationToken)
    {
        AttemptOutcome outcome;
        try
        {
            if (attempt.IsRecorded)
            {
                SuspectRecord record = new(attempt.Id, attempt.Worker.Id, keys);
                await suspects.BeginAsync(run.Corpus, run.Encoder, record, cancellationToken);
            }

            outcome = await WatchAsync(attempt, request, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            outcome = new AttemptOutcome(attempt, AttemptEnd.Canceled);
        }
        catch (ServiceException unavailable)
        {
            // The database of the suspect log is away: the text must not run without a record.
            Log.SuspectNotRecorded(logger, unavailable);
            await Task.Delay(RetryDelay, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            outcome = new AttemptOutcome(attempt, AttemptEnd.Canceled);
        }

        if (outcome.End != AttemptEnd.Answered)
        {
            _ = CancelAsync(attempt);
        }

        return outcome;
    }

    private async Task<AttemptOutcome> WatchAsync(ChunkAttempt attempt, ChunkRequest request, CancellationToken cancellationToken)
    {
        ChunkReply? reply = await CallAsync(attempt, worker => worker.StartAsync(request), cancellationToken);
        attempt.IsAccepted = reply is { Status: ChunkStatus.Running };
        long progressed = clock.GetTimestamp();
        int embedded = 0;
        while (reply is { Status: ChunkStatus.Running })
        {
            if (reply.Embedded > embedded)
            {
                (embedded, progressed) = (reply.Embedded, clock.GetTimestamp());
            }
            else if (clock.GetElapsedTime(progressed) >= options.StallTimeout)
            {
                return new AttemptOutcome(attempt, AttemptEnd.Stalled);
            }

            reply = await CallAsync(attempt, worker => worker.WaitAsync(attempt.Id), cancellationToken);
        }

        return reply is null
            ? new AttemptOutcome(attempt, AttemptEnd.Lost)
            : new AttemptOutcome(attempt, AttemptEnd.Answered, reply);
    }

    /// <summary>Calls a member, and again after a failure while it is not declared dead.</summary>
    /// <returns>Null if it does not answer.</returns>
    private async Task<ChunkReply?> CallAsync(
        ChunkAttempt attempt, Func<IEmbeddingWorker, Task<ChunkReply>> call, CancellationToken cancellationToken)
    {
        for (int number = 1; ; number++)
        {
            try
            {
                return await call(attempt.Worker).WaitAsync(options.CallTimeout, clock, cancellationToken);
            }
#pragma warning disable CA1031 // The transport decides which exceptions a call throws; all mean that the member did not answer.
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.WorkerDoesNotAnswer(logger, failure, attempt.Worker.Id);
                if (number == CallAttempts || !workers.IsAlive(attempt.Worker.Id))
                {
                    return null;
                }
            }

            await Task.Delay(RetryDelay, clock, cancellationToken);
        }
    }

    private async Task CancelAsync(ChunkAttempt attempt)
    {
        try
        {
            await attempt.Worker.CancelAsync(attempt.Id).WaitAsync(options.CallTimeout, clock);
        }
#pragma warning disable CA1031 // As above; a chunk that is not canceled ends when no coordinator asks for it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.WorkerDoesNotAnswer(logger, failure, attempt.Worker.Id);
        }
    }
}
