using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Server.Scheduling;

namespace TopicGrpc.Server.Predicting;

/// <summary>A queue of texts and the threads that embed them, first come, first served, one text each at its own length.</summary>
internal sealed class EmbeddingLane : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LinkedList<EmbeddingJob> _queue = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly IEmbedder _embedder;
    private readonly TimeProvider _clock;
    private readonly Thread[] _threads;
    private long _unitsWaiting;
    private long _wastedTokens;

    public EmbeddingLane(IEmbedder embedder, int threads, bool isBackground, TimeProvider clock)
    {
        _embedder = embedder;
        _clock = clock;
        Cost = new EmbeddingCostModel(embedder.Info.MaxTokens);
        _threads = new Thread[threads];
        for (int index = 0; index < threads; index++)
        {
            string name = FormattableString.Invariant($"embedding {(isBackground ? "bulk" : "interactive")} {index}");
            _threads[index] = isBackground ? BackgroundThread.Create(Work, name) : new Thread(Work) { IsBackground = true, Name = name };
            _threads[index].Start();
        }
    }

    /// <summary>What its texts cost, by those it has embedded.</summary>
    public EmbeddingCostModel Cost { get; }

    /// <summary>Texts that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _queue.Count;
            }
        }
    }

    /// <summary>Units of work that wait.</summary>
    public long UnitsWaiting => Interlocked.Read(ref _unitsWaiting);

    /// <summary>How long a text that comes now is expected to wait for a thread.</summary>
    public TimeSpan ExpectedWait => Cost.EstimateWait(UnitsWaiting, _threads.Length);

    /// <summary>Tokens embedded for callers that went away meanwhile.</summary>
    public long WastedTokens => Interlocked.Read(ref _wastedTokens);

    /// <summary>Adds a job at the end.</summary>
    /// <returns>Its place, for <see cref="Remove"/>; null when <paramref name="limit"/> texts wait already.</returns>
    public LinkedListNode<EmbeddingJob>? TryAdd(EmbeddingJob job, int limit)
    {
        LinkedListNode<EmbeddingJob> place;
        lock (_gate)
        {
            if (_queue.Count >= limit)
            {
                return null;
            }

            job.Expected = Cost.Estimate(_unitsWaiting) / _threads.Length;
            place = _queue.AddLast(job);
            _unitsWaiting += job.Units;
        }

        _waiting.Release();
        return place;
    }

    /// <summary>Gives a place up.</summary>
    public void Remove(LinkedListNode<EmbeddingJob> place)
    {
        lock (_gate)
        {
            if (place.List is not null)
            {
                _unitsWaiting -= place.Value.Units;
                _queue.Remove(place);
            }
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

        while (TryTake() is { } job)
        {
            job.Abandon();
        }

        _stopping.Dispose();
        _waiting.Dispose();
    }

    private EmbeddingJob? TryTake()
    {
        lock (_gate)
        {
            if (_queue.First is not { } first)
            {
                return null;
            }

            _queue.RemoveFirst();
            _unitsWaiting -= first.Value.Units;
            return first.Value;
        }
    }

    private void Work()
    {
        try
        {
            while (true)
            {
                _waiting.Wait(_stopping.Token);

                // A job may have been given up since; its signal is spent for nothing.
                if (TryTake() is not { IsAbandoned: false } job)
                {
                    continue;
                }

                long started = _clock.GetTimestamp();
                Cost.ObserveWait(job.Expected, _clock.GetElapsedTime(job.Enqueued, started));
                Interlocked.Add(ref _wastedTokens, job.Run(_embedder, _clock));
                Cost.Observe(job.Units, _clock.GetElapsedTime(started));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }
}
