using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Predicting;

/// <summary>
/// The threads that run the encoder, as many as cores: more would only take turns. Each takes one text at a time at its
/// own length, because on a CPU batches gain nothing and padding costs.
/// </summary>
internal sealed class EmbeddingExecutors : IDisposable
{
    // Time for the way back to the client.
    private static readonly TimeSpan Reserve = TimeSpan.FromMilliseconds(2);

    private readonly EmbeddingQueue _queue = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly IEmbedder _embedder;
    private readonly TimeProvider _clock;
    private readonly Thread[] _threads;
    private readonly int _limit;
    private readonly EmbeddingCostModel _cost;
    private long _wastedTokens;

    public EmbeddingExecutors(IEmbedder embedder, IOptions<EmbeddingOptions> options, TimeProvider clock)
    {
        _embedder = embedder;
        _cost = new EmbeddingCostModel(embedder.Info.MaxTokens);
        _clock = clock;
        _limit = options.Value.MaxQueue;
        _threads = new Thread[options.Value.Executors > 0 ? options.Value.Executors : Environment.ProcessorCount];
        for (int index = 0; index < _threads.Length; index++)
        {
            _threads[index] = new Thread(Work) { IsBackground = true, Name = FormattableString.Invariant($"embedding {index}") };
            _threads[index].Start();
        }
    }

    /// <summary>Texts embedded at the same time.</summary>
    public int Count => _threads.Length;

    /// <summary>Texts that wait.</summary>
    public int Waiting => _queue.Count;

    /// <summary>Tokens of texts whose caller had gone when the encoder was done with them.</summary>
    public long WastedTokens => Volatile.Read(ref _wastedTokens);

    /// <summary>Units of work that wait in one of the two queues.</summary>
    public long UnitsWaiting(bool interactive) => _queue.UnitsWaiting(interactive);

    /// <summary>Embeds a text when its turn comes.</summary>
    /// <exception cref="ServiceException">Too many texts wait, or the wait would outlast the deadline.</exception>
    /// <exception cref="OperationCanceledException">The caller has gone or its deadline has passed.</exception>
    public async Task<EmbeddingOutcome> EmbedAsync(string text, EmbeddingPriority priority, CallDeadline? deadline, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int units = _cost.UnitsOf(text);
        RequireTime(units, priority, deadline?.Remaining ?? Timeout.InfiniteTimeSpan);
        EmbeddingJob job = new(text, units, new float[_embedder.Info.Dimension], _clock.GetTimestamp(), cancellationToken);
        LinkedListNode<EmbeddingJob> place = _queue.TryAdd(job, priority, priority == EmbeddingPriority.Paced ? int.MaxValue : _limit)
            ?? throw Fault.QueueFull(_limit, RetryDelay(Wait(priority)));
        _waiting.Release();
        await using (cancellationToken.UnsafeRegister(static state =>
        {
            (EmbeddingQueue queue, LinkedListNode<EmbeddingJob> node) = ((EmbeddingQueue, LinkedListNode<EmbeddingJob>))state!;
            queue.Remove(node);
            node.Value.Abandon();
        }, (_queue, place)))
        {
            return await job.Completion;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Cancel();
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        while (_queue.TryTake() is { } job)
        {
            job.Abandon();
        }

        _stopping.Dispose();
        _waiting.Dispose();
    }

    private void Work()
    {
        try
        {
            while (true)
            {
                _waiting.Wait(_stopping.Token);

                // A job may have been given up since; its signal is spent for nothing.
                if (_queue.TryTake() is not { IsAbandoned: false } job)
                {
                    continue;
                }

                long started = _clock.GetTimestamp();
                Interlocked.Add(ref _wastedTokens, job.Run(_embedder, _clock));
                _cost.Observe(job.Units, _clock.GetElapsedTime(started));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    /// <summary>
    /// Refuses at once what would come too late anyway. Where nothing waits nothing is refused: the estimate may be wrong, and
    /// only texts that are embedded mend it.
    /// </summary>
    private void RequireTime(int units, EmbeddingPriority priority, TimeSpan remaining)
    {
        if (remaining == Timeout.InfiniteTimeSpan || !_cost.IsTrained)
        {
            return;
        }

        TimeSpan wait = Wait(priority);
        TimeSpan expected = wait + _cost.Estimate(units);
        if (wait > TimeSpan.Zero && expected > remaining - Reserve)
        {
            throw Fault.DeadlineTooShort(expected, remaining, RetryDelay(wait));
        }
    }

    private TimeSpan Wait(EmbeddingPriority priority) => _cost.Estimate(_queue.UnitsAhead(priority)) / _threads.Length;

    private static TimeSpan RetryDelay(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Clamp(wait.TotalMilliseconds, 50, 5000));
}
