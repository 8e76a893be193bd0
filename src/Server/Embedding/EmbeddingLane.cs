using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Server.Scheduling;

namespace TopicGrpc.Server.Embedding;

/// <summary>A FIFO queue of texts and the threads that embed them, one text at a time without padding.</summary>
internal sealed class EmbeddingLane : IDisposable
{
    // A thread counts as starved when one text takes longer than a quarter of a second plus four times its estimate.
    private const int PatienceFactor = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly LinkedList<EmbeddingJob> _queue = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly IEmbedder _embedder;
    private readonly TimeProvider _clock;
    private readonly Thread[] _threads;
    private readonly EmbeddingJob?[] _running;
    private long _unitsWaiting;
    private long _lastStarted;
    private long _wastedTokens;

    public EmbeddingLane(IEmbedder embedder, int threads, EmbeddingLaneKind kind, TimeProvider clock)
    {
        _embedder = embedder;
        _clock = clock;
        Cost = new EmbeddingCostModel(embedder.Info.MaxTokens);
        _threads = new Thread[threads];
        _running = new EmbeddingJob?[threads];
        for (int index = 0; index < threads; index++)
        {
            int slot = index;
            string name = FormattableString.Invariant($"embedding {(kind == EmbeddingLaneKind.Bulk ? "bulk" : "interactive")} {index}");
            _threads[index] = kind == EmbeddingLaneKind.Bulk
                ? BackgroundThread.CreateIdle(() => Work(slot), name)
                : new Thread(() => Work(slot)) { IsBackground = true, Name = name };
            _threads[index].Start();
        }
    }

    /// <summary>Cost of texts, learned from the texts that this lane has embedded.</summary>
    public EmbeddingCostModel Cost { get; }

    /// <summary>Number of texts that wait.</summary>
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

    /// <summary>Units of the texts that wait.</summary>
    public long UnitsWaiting => Interlocked.Read(ref _unitsWaiting);

    /// <summary>Expected wait of a text that is queued now.</summary>
    public TimeSpan ExpectedWait => Cost.EstimateWait(UnitsWaiting, _threads.Length);

    /// <summary>Tokens embedded for callers that left while the encoder ran.</summary>
    public long WastedTokens => Interlocked.Read(ref _wastedTokens);

    /// <summary>Set while texts wait or run; stays set until <see cref="ResetBusyIfIdle"/> resets it.</summary>
    public ManualResetEventSlim Busy { get; } = new(initialState: false);

    private bool HasWork => UnitsWaiting > 0 || Array.Exists(_running, static job => job is not null);

    /// <summary>Adds a job at the end of the queue.</summary>
    /// <returns>The place of the job, for <see cref="Remove"/>; null if <paramref name="limit"/> texts wait already.</returns>
    public LinkedListNode<EmbeddingJob>? TryAdd(EmbeddingJob job, int limit)
    {
        LinkedListNode<EmbeddingJob> place;
        lock (_gate)
        {
            if (_queue.Count >= limit)
            {
                return null;
            }

            if (_queue.Count == 0)
            {
                Volatile.Write(ref _lastStarted, _clock.GetTimestamp());
            }

            job.Expected = Cost.Estimate(_unitsWaiting) / _threads.Length;
            place = _queue.AddLast(job);
            _unitsWaiting += job.Units;
            Busy.Set();
        }

        _waiting.Release();
        return place;
    }

    /// <summary>Removes a job that still waits.</summary>
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

    /// <summary>
    /// Takes a text that the lane's threads starve: one that runs on a starved thread or, if all threads starve, the first that waits.
    /// </summary>
    /// <returns>The text, for <see cref="RunFallback"/>; null while the threads advance.</returns>
    public EmbeddingJob? TakeStarved()
    {
        foreach (EmbeddingJob? job in _running)
        {
            if (job is { IsAbandoned: false } && IsLate(job.Started, job.Units) && job.TryRepeat())
            {
                return job;
            }
        }

        return UnitsWaiting > 0 && IsLate(Volatile.Read(ref _lastStarted), Cost.LongestUnits) ? TryTake(slot: null) : null;
    }

    /// <summary>Embeds a starved text on the calling thread.</summary>
    public void RunFallback(EmbeddingJob job)
    {
        long started = _clock.GetTimestamp();
        Run(job);
        Cost.Observe(job.Units, _clock.GetElapsedTime(started));
    }

    /// <summary>Resets <see cref="Busy"/> if no text waits or runs.</summary>
    public void ResetBusyIfIdle()
    {
        lock (_gate)
        {
            if (!HasWork)
            {
                Busy.Reset();
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

        while (TryTake(slot: null) is { } job)
        {
            job.Abandon();
        }

        _stopping.Dispose();
        _waiting.Dispose();
        Busy.Dispose();
    }

    private bool IsLate(long since, int units) => _clock.GetElapsedTime(since) > Patience + (PatienceFactor * Cost.Estimate(units));

    private void Run(EmbeddingJob job) => Interlocked.Add(ref _wastedTokens, job.Run(_embedder, _clock));

    /// <summary>Takes the first job that waits.</summary>
    /// <param name="slot">Index of the lane's thread that takes it; null for a fallback thread.</param>
    private EmbeddingJob? TryTake(int? slot)
    {
        lock (_gate)
        {
            if (_queue.First is not { } first)
            {
                return null;
            }

            EmbeddingJob job = first.Value;
            _queue.RemoveFirst();
            _unitsWaiting -= job.Units;
            job.Started = _clock.GetTimestamp();
            Cost.ObserveWait(job.Expected, _clock.GetElapsedTime(job.Enqueued, job.Started));
            if (slot is { } own)
            {
                Volatile.Write(ref _lastStarted, job.Started);
                Volatile.Write(ref _running[own], job);
            }

            return job;
        }
    }

    private void Work(int slot)
    {
        try
        {
            while (true)
            {
                _waiting.Wait(_stopping.Token);

                // The queue can be empty: the signal of a job that was removed remains.
                if (TryTake(slot) is { IsAbandoned: false } job)
                {
                    long started = _clock.GetTimestamp();
                    Run(job);

                    // The run of a starved thread says nothing about the cost of the text.
                    if (!job.IsRepeated)
                    {
                        Cost.Observe(job.Units, _clock.GetElapsedTime(started));
                    }
                }

                Volatile.Write(ref _running[slot], null);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }
}
