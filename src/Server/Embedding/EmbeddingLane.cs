using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Server.Scheduling;

namespace TopicGrpc.Server.Embedding;

/// <summary>A queue of texts, fair between callers, and the threads that embed them, one text at a time without padding.</summary>
internal sealed class EmbeddingLane : IDisposable
{
    // A thread counts as starved when one text takes longer than a quarter of a second plus four times its estimate.
    private const int PatienceFactor = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    // Native code cannot be interrupted: a thread that hangs in it is left behind.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly FairQueue _queue = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly IEmbedder _embedder;
    private readonly TimeProvider _clock;
    private readonly int _limit;
    private readonly Thread[] _threads;
    private readonly EmbeddingJob?[] _running;
    private readonly EmbeddingLaneKind _kind;
    private readonly long[] _runsSince;
    private long _lastStarted;
    private long _wastedTokens;

    /// <summary>Starts the threads.</summary>
    /// <param name="embedder">The encoder.</param>
    /// <param name="threads">Number of threads.</param>
    /// <param name="limit">Most texts that may wait; paced ones do not count.</param>
    /// <param name="kind">Which lane it is.</param>
    /// <param name="clock">Clock of the server.</param>
    public EmbeddingLane(IEmbedder embedder, int threads, int limit, EmbeddingLaneKind kind, TimeProvider clock)
    {
        _limit = limit;
        _embedder = embedder;
        _clock = clock;
        _kind = kind;
        _runsSince = new long[threads];
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
    public long UnitsWaiting
    {
        get
        {
            lock (_gate)
            {
                return _queue.Units;
            }
        }
    }

    /// <summary>Tokens embedded for callers that left while the encoder ran.</summary>
    public long WastedTokens => Interlocked.Read(ref _wastedTokens);

    /// <summary>Set while texts wait or run; stays set until <see cref="ResetBusyIfIdle"/> resets it.</summary>
    public ManualResetEventSlim Busy { get; } = new(initialState: false);

    private bool HasWork => UnitsWaiting > 0 || Array.Exists(_running, static job => job is not null);

    /// <summary>Returns the expected wait of a text that a caller queues now.</summary>
    public TimeSpan ExpectedWait(string caller, int units)
    {
        lock (_gate)
        {
            return Cost.EstimateWait(_queue.UnitsBefore(caller, units), _threads.Length);
        }
    }

    /// <summary>
    /// Queues a job. If the queue is full, a caller with less than its share displaces a text of the caller with the most.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="displaced">The job that lost its place, which the caller of this method must reject; null: none.</param>
    /// <returns>Whether the job is queued.</returns>
    public bool TryAdd(EmbeddingJob job, out EmbeddingJob? displaced)
    {
        displaced = null;
        lock (_gate)
        {
            if (!job.IsPaced && _queue.Limited >= _limit)
            {
                displaced = _queue.TryDisplace(job.Caller);
                if (displaced is null)
                {
                    return false;
                }
            }

            if (_queue.Count == 0)
            {
                Volatile.Write(ref _lastStarted, _clock.GetTimestamp());
            }

            job.Expected = Cost.Estimate(_queue.UnitsBefore(job.Caller, job.Units)) / _threads.Length;
            _queue.Add(job);
            Busy.Set();
        }

        _waiting.Release();
        return true;
    }

    /// <summary>Removes a job if it still waits.</summary>
    public void Remove(EmbeddingJob job)
    {
        lock (_gate)
        {
            _queue.TryRemove(job);
        }
    }

    /// <summary>
    /// Takes a text that the lane's threads starve: one that runs on a starved thread or, if all threads starve, the next that waits.
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
    /// <param name="job">The text.</param>
    /// <param name="slot">Index of the fallback thread.</param>
    public void RunFallback(EmbeddingJob job, int slot)
    {
        long started = _clock.GetTimestamp();
        RunWatched(job, slot);
        Cost.Observe(job.Units, _clock.GetElapsedTime(started));
    }

    /// <summary>
    /// Counts the threads that have been in the encoder for longer than a limit with one text. The threads of the bulk lane may starve, so
    /// their fallback threads are counted instead: those take over every text that is late, and always get CPU time.
    /// </summary>
    public int CountRunning(TimeSpan longerThan)
    {
        int count = 0;
        for (int slot = 0; slot < _runsSince.Length; slot++)
        {
            long since = Volatile.Read(ref _runsSince[slot]);
            count += since != 0 && _clock.GetElapsedTime(since) > longerThan ? 1 : 0;
        }

        return count;
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
        bool hasStopped = BackgroundThread.Join(_threads, StopPatience);
        while (TryTake(slot: null) is { } job)
        {
            job.Abandon();
        }

        if (hasStopped)
        {
            _stopping.Dispose();
            _waiting.Dispose();
            Busy.Dispose();
        }
    }

    private bool IsLate(long since, int units) => _clock.GetElapsedTime(since) > Patience + (PatienceFactor * Cost.Estimate(units));

    private void Run(EmbeddingJob job) => Interlocked.Add(ref _wastedTokens, job.Run(_embedder, _clock));

    private void RunWatched(EmbeddingJob job, int slot)
    {
        Volatile.Write(ref _runsSince[slot], _clock.GetTimestamp());
        Run(job);
        Volatile.Write(ref _runsSince[slot], 0);
    }

    /// <summary>Takes the next job.</summary>
    /// <param name="slot">Index of the lane's thread that takes it; null for a fallback thread.</param>
    private EmbeddingJob? TryTake(int? slot)
    {
        lock (_gate)
        {
            if (_queue.Take() is not { } job)
            {
                return null;
            }

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
                    if (_kind == EmbeddingLaneKind.Interactive)
                    {
                        RunWatched(job, slot);
                    }
                    else
                    {
                        Run(job);
                    }

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
