using System.Diagnostics;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Embedding;

/// <summary>
/// The threads that run the encoder: one per core for interactive texts, and as many that use idle CPU for bulk texts. A run of the encoder
/// takes up to a tenth of a second and no queue can interrupt it, but the kernel can preempt its thread; so an interactive text starts at
/// once, whatever else is being embedded. If no CPU is idle, <see cref="BulkFallbackThreads"/> keep a share for bulk.
/// </summary>
internal sealed class EmbeddingExecutors : IDisposable
{
    // Time that the response needs to reach the client.
    private static readonly TimeSpan Reserve = TimeSpan.FromMilliseconds(2);

    // The share of a deadline that the estimated wait may use. Estimates are about a tenth off, and a text that expires after it has waited
    // is worse for its caller than one that is rejected at once.
    private const double WaitShare = 0.75;

    private readonly EmbeddingLane _interactive;
    private readonly EmbeddingLane _bulk;
    private readonly BulkFallbackThreads _fallback;
    private readonly TimeProvider _clock;
    private readonly int _limit;
    private readonly TimeSpan _hangTimeout;

    public EmbeddingExecutors(IEmbedder embedder, IOptions<EmbeddingOptions> options, TimeProvider clock)
    {
        _clock = clock;
        _limit = options.Value.MaxQueue;
        _hangTimeout = options.Value.HangTimeout;
        Count = options.Value.Executors > 0 ? options.Value.Executors : Environment.ProcessorCount;
        _interactive = new EmbeddingLane(embedder, Count, _limit, EmbeddingLaneKind.Interactive, clock);
        _bulk = new EmbeddingLane(embedder, Count, _limit, EmbeddingLaneKind.Bulk, clock);
        _fallback = new BulkFallbackThreads(_bulk, Count);
    }

    /// <summary>Threads of each lane.</summary>
    public int Count { get; }

    /// <summary>Number of texts that wait in both queues.</summary>
    public int Waiting => _interactive.Waiting + _bulk.Waiting;

    /// <summary>
    /// Tokens embedded for callers that left while the encoder ran. A text whose caller left before that is never embedded.
    /// </summary>
    public long WastedTokens => _interactive.WastedTokens + _bulk.WastedTokens;

    /// <summary>Returns the units of the texts that wait in a queue.</summary>
    public long UnitsWaiting(EmbeddingLaneKind kind) => (kind == EmbeddingLaneKind.Interactive ? _interactive : _bulk).UnitsWaiting;

    /// <summary>Counts the threads that hang in the encoder: they run one text for longer than <c>Embedding:HangTimeout</c>.</summary>
    public int CountHanging() => _interactive.CountRunning(_hangTimeout) + _bulk.CountRunning(_hangTimeout);

    /// <summary>Queues a text and embeds it.</summary>
    /// <exception cref="ServiceException">
    /// The caller exceeds its quota, the queue is full and the caller has its share of it, or the wait would outlast the deadline.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller left, or its deadline passed.</exception>
    public async Task<EmbeddingOutcome> EmbedAsync(
        string text,
        EmbeddingPriority priority,
        CallDeadline? deadline,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Fits and streams embed thousands of texts: they have a span of their own, not one per text.
        using Activity? span = priority == EmbeddingPriority.Paced ? null : ServerActivities.Source.StartActivity("embed");
        EmbeddingLane lane = priority == EmbeddingPriority.Interactive ? _interactive : _bulk;
        int units = lane.Cost.UnitsOf(text);
        CallerScope.Current?.Quota.RequireTokens(units);
        EmbeddingJob job = new(text, units, _clock.GetTimestamp(), cancellationToken)
        {
            Caller = CallerScope.CallerId,
            IsPaced = priority == EmbeddingPriority.Paced,
        };
        RequireTime(lane, job, deadline?.Remaining ?? Timeout.InfiniteTimeSpan);
        if (!lane.TryAdd(job, out EmbeddingJob? displaced))
        {
            throw QueueFull(lane, job);
        }

        displaced?.Reject(QueueFull(lane, displaced));
        await using (cancellationToken.UnsafeRegister(static state =>
        {
            (EmbeddingLane lane, EmbeddingJob job) = ((EmbeddingLane, EmbeddingJob))state!;
            lane.Remove(job);
            job.Abandon();
        }, (lane, job)))
        {
            EmbeddingOutcome outcome = await job.Completion;
            span?.SetTag("topicgrpc.tokens", outcome.Cost.Tokens);
            span?.SetTag("topicgrpc.queue_ms", outcome.Queue.TotalMilliseconds);
            span?.SetTag("topicgrpc.inference_ms", outcome.Cost.Inference.TotalMilliseconds);
            return outcome;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _interactive.Dispose();
        _fallback.Dispose();
        _bulk.Dispose();
    }

    /// <summary>
    /// Rejects a text that would be answered too late, by the wait of its own caller. If no text is ahead, none is rejected: the estimate
    /// may be wrong, and only embedded texts correct it.
    /// </summary>
    private static void RequireTime(EmbeddingLane lane, EmbeddingJob job, TimeSpan remaining)
    {
        if (remaining == Timeout.InfiniteTimeSpan || !lane.Cost.IsTrained)
        {
            return;
        }

        TimeSpan wait = lane.ExpectedWait(job.Caller, job.Units);
        TimeSpan run = lane.Cost.Estimate(job.Units);
        if (wait > TimeSpan.Zero && (wait > WaitShare * remaining || wait + run > remaining - Reserve))
        {
            throw Fault.DeadlineTooShort(wait + run, remaining, RetryDelay(wait));
        }
    }

    private static TimeSpan RetryDelay(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Clamp(wait.TotalMilliseconds, 50, 5000));

    private ServiceException QueueFull(EmbeddingLane lane, EmbeddingJob job) =>
        Fault.QueueFull(_limit, RetryDelay(lane.ExpectedWait(job.Caller, job.Units)));
}
