using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Embedding;

/// <summary>
/// The threads that run the encoder: as many as cores for texts that somebody waits for, and as many that take idle time for the
/// rest. A run of the encoder takes up to a tenth of a second and cannot be interrupted by a queue, but the kernel can take its
/// core away: so a text that somebody waits for is at work at once, whatever else is being embedded. Where there is no idle time,
/// <see cref="EmbeddingUnderstudies"/> keep a share for the rest.
/// </summary>
internal sealed class EmbeddingExecutors : IDisposable
{
    // Time for the way back to the client.
    private static readonly TimeSpan Reserve = TimeSpan.FromMilliseconds(2);

    // The part of a deadline that may be spent in the queue, by estimate: estimates are a tenth off as a rule, and a text that
    // expires after it has waited is worse for its caller than one that is refused at once.
    private const double WaitShare = 0.75;

    private readonly EmbeddingLane _interactive;
    private readonly EmbeddingLane _bulk;
    private readonly EmbeddingUnderstudies _understudies;
    private readonly TimeProvider _clock;
    private readonly int _limit;

    public EmbeddingExecutors(IEmbedder embedder, IOptions<EmbeddingOptions> options, TimeProvider clock)
    {
        _clock = clock;
        _limit = options.Value.MaxQueue;
        Count = options.Value.Executors > 0 ? options.Value.Executors : Environment.ProcessorCount;
        _interactive = new EmbeddingLane(embedder, Count, isBulk: false, clock);
        _bulk = new EmbeddingLane(embedder, Count, isBulk: true, clock);
        _understudies = new EmbeddingUnderstudies(_bulk, Count);
    }

    /// <summary>Texts of one kind embedded at the same time.</summary>
    public int Count { get; }

    /// <summary>Texts that wait.</summary>
    public int Waiting => _interactive.Waiting + _bulk.Waiting;

    /// <summary>Tokens embedded so far for callers that went away while the encoder ran; a text whose caller left before is never embedded.</summary>
    public long WastedTokens => _interactive.WastedTokens + _bulk.WastedTokens;

    /// <summary>Units of work that wait in one of the two queues.</summary>
    public long UnitsWaiting(bool interactive) => (interactive ? _interactive : _bulk).UnitsWaiting;

    /// <summary>Embeds a text when its turn comes.</summary>
    /// <exception cref="ServiceException">Too many texts wait, or the wait would outlast the deadline.</exception>
    /// <exception cref="OperationCanceledException">The caller has gone or its deadline has passed.</exception>
    public async Task<EmbeddingOutcome> EmbedAsync(string text, EmbeddingPriority priority, CallDeadline? deadline, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EmbeddingLane lane = priority == EmbeddingPriority.Interactive ? _interactive : _bulk;
        int units = lane.Cost.UnitsOf(text);
        RequireTime(lane, units, deadline?.Remaining ?? Timeout.InfiniteTimeSpan);
        EmbeddingJob job = new(text, units, _clock.GetTimestamp(), cancellationToken);
        LinkedListNode<EmbeddingJob> place = lane.TryAdd(job, priority == EmbeddingPriority.Paced ? int.MaxValue : _limit)
            ?? throw Fault.QueueFull(_limit, RetryDelay(lane.ExpectedWait));
        await using (cancellationToken.UnsafeRegister(static state =>
        {
            (EmbeddingLane lane, LinkedListNode<EmbeddingJob> place) = ((EmbeddingLane, LinkedListNode<EmbeddingJob>))state!;
            lane.Remove(place);
            place.Value.Abandon();
        }, (lane, place)))
        {
            return await job.Completion;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _interactive.Dispose();
        _understudies.Dispose();
        _bulk.Dispose();
    }

    /// <summary>
    /// Refuses at once what would come too late anyway. Where nothing waits nothing is refused: the estimate may be wrong, and
    /// only texts that are embedded mend it.
    /// </summary>
    private static void RequireTime(EmbeddingLane lane, int units, TimeSpan remaining)
    {
        if (remaining == Timeout.InfiniteTimeSpan || !lane.Cost.IsTrained)
        {
            return;
        }

        TimeSpan wait = lane.ExpectedWait;
        TimeSpan run = lane.Cost.Estimate(units);
        if (wait > TimeSpan.Zero && (wait > WaitShare * remaining || wait + run > remaining - Reserve))
        {
            throw Fault.DeadlineTooShort(wait + run, remaining, RetryDelay(wait));
        }
    }

    private static TimeSpan RetryDelay(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Clamp(wait.TotalMilliseconds, 50, 5000));
}
