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
    private readonly EmbeddingQueue _queue = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly IEmbedder _embedder;
    private readonly TimeProvider _clock;
    private readonly Thread[] _threads;
    private readonly int _limit;
    private long _averageTicks = TimeSpan.FromMilliseconds(5).Ticks;

    public EmbeddingExecutors(IEmbedder embedder, IOptions<EmbeddingOptions> options, TimeProvider clock)
    {
        _embedder = embedder;
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

    /// <summary>Embeds a text when its turn comes.</summary>
    /// <exception cref="ServiceException">Too many texts wait.</exception>
    /// <exception cref="OperationCanceledException">The caller has gone or its deadline has passed.</exception>
    public async Task<EmbeddingOutcome> EmbedAsync(string text, EmbeddingPriority priority, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EmbeddingJob job = new(text, new float[_embedder.Info.Dimension], _clock.GetTimestamp(), cancellationToken);
        LinkedListNode<EmbeddingJob> place = _queue.TryAdd(job, priority, priority == EmbeddingPriority.Paced ? int.MaxValue : _limit) ?? throw Fault.QueueFull(_limit, ExpectedWait());
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
                job.Run(_embedder, _clock);
                long ticks = _clock.GetElapsedTime(started).Ticks;
                Volatile.Write(ref _averageTicks, ((Volatile.Read(ref _averageTicks) * 15) + ticks) / 16);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private TimeSpan ExpectedWait()
    {
        var wait = TimeSpan.FromTicks(Volatile.Read(ref _averageTicks) * _limit / _threads.Length);
        return TimeSpan.FromMilliseconds(Math.Clamp(wait.TotalMilliseconds, 50, 5000));
    }
}
