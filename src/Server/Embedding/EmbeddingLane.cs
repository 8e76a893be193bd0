using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Server.Scheduling;

namespace TopicGrpc.Server.Embedding;

/// <summary>A queue of texts and the threads that embed them, first come, first served, one text each at its own length.</summary>
internal sealed class EmbeddingLane : IDisposable
{
    // A thread that has been at one text for longer than a quarter of a second and four times the estimate gets no core.
    private const int PatienceFactor = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly LinkedList<EmbeddingJob> _queue = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly IEmbedder _embedder;
    private readonly TimeProvider _clock;
    private readonly Thread[] _threads;
    private readonly EmbeddingJob?[] _atWork;
    private long _unitsWaiting;
    private long _lastBegun;
    private long _wastedTokens;

    public EmbeddingLane(IEmbedder embedder, int threads, bool isBulk, TimeProvider clock)
    {
        _embedder = embedder;
        _clock = clock;
        Cost = new EmbeddingCostModel(embedder.Info.MaxTokens);
        _threads = new Thread[threads];
        _atWork = new EmbeddingJob?[threads];
        for (int index = 0; index < threads; index++)
        {
            int place = index;
            string name = FormattableString.Invariant($"embedding {(isBulk ? "bulk" : "interactive")} {index}");
            _threads[index] = isBulk ? BackgroundThread.CreateIdle(() => Work(place), name) : new Thread(() => Work(place)) { IsBackground = true, Name = name };
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

    /// <summary>Set while texts wait or are at work, and until somebody asks after that.</summary>
    public ManualResetEventSlim Busy { get; } = new(initialState: false);

    private bool HasWork => UnitsWaiting > 0 || Array.Exists(_atWork, static job => job is not null);

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

            if (_queue.Count == 0)
            {
                Volatile.Write(ref _lastBegun, _clock.GetTimestamp());
            }

            job.Expected = Cost.Estimate(_unitsWaiting) / _threads.Length;
            place = _queue.AddLast(job);
            _unitsWaiting += job.Units;
            Busy.Set();
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

    /// <summary>Embeds a text on the calling thread.</summary>
    /// <param name="job">The text.</param>
    /// <param name="isOwn">Whether the thread is one of this lane's.</param>
    public void Run(EmbeddingJob job, bool isOwn)
    {
        long started = _clock.GetTimestamp();
        Interlocked.Add(ref _wastedTokens, job.Run(_embedder, _clock));

        // The run of a thread that stood still says nothing of what a text costs.
        if (!isOwn || !job.IsRepeated)
        {
            Cost.Observe(job.Units, _clock.GetElapsedTime(started));
        }
    }

    /// <summary>A text that this lane's threads do not get to: one at work on a thread that stands still, or else, where all of them do, the first that waits.</summary>
    /// <returns>A text for the caller to run; null while the threads get on.</returns>
    public EmbeddingJob? TakeStranded()
    {
        foreach (EmbeddingJob? job in _atWork)
        {
            if (job is { IsAbandoned: false } && IsLate(job.Begun, job.Units) && job.TryRepeat())
            {
                return job;
            }
        }

        return UnitsWaiting > 0 && IsLate(Volatile.Read(ref _lastBegun), Cost.LongestUnits) ? TryTake(place: null) : null;
    }

    /// <summary>Resets <see cref="Busy"/> where there is nothing to do.</summary>
    public void RestIfDone()
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

        while (TryTake(place: null) is { } job)
        {
            job.Abandon();
        }

        _stopping.Dispose();
        _waiting.Dispose();
        Busy.Dispose();
    }

    private bool IsLate(long since, int units) => _clock.GetElapsedTime(since) > Patience + (PatienceFactor * Cost.Estimate(units));

    /// <summary>Takes the first that waits.</summary>
    /// <param name="place">Number of the lane's thread that takes it; null for another.</param>
    private EmbeddingJob? TryTake(int? place)
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
            job.Begun = _clock.GetTimestamp();
            Cost.ObserveWait(job.Expected, _clock.GetElapsedTime(job.Enqueued, job.Begun));
            if (place is { } own)
            {
                Volatile.Write(ref _lastBegun, job.Begun);
                Volatile.Write(ref _atWork[own], job);
            }

            return job;
        }
    }

    private void Work(int place)
    {
        try
        {
            while (true)
            {
                _waiting.Wait(_stopping.Token);

                // A job may have been given up since; its signal is spent for nothing.
                if (TryTake(place) is { IsAbandoned: false } job)
                {
                    Run(job, isOwn: true);
                }

                Volatile.Write(ref _atWork[place], null);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }
}
