namespace TopicGrpc.Cluster.Embedding;

/// <summary>The chunks of a run on each member, and which members get none for a while. Not thread-safe.</summary>
/// <param name="workers">The members.</param>
/// <param name="bound">Most chunks of a member.</param>
/// <param name="clock">Clock of the delays.</param>
internal sealed class WorkerLoads(IEmbeddingWorkers workers, int bound, TimeProvider clock)
{
    private readonly Dictionary<string, Load> _loads = new(StringComparer.Ordinal);
    private long _lastAvailable = clock.GetTimestamp();

    /// <summary>Time since a member that may embed for this run was listed.</summary>
    public TimeSpan WithoutWorkers => clock.GetElapsedTime(_lastAvailable);

    /// <summary>Returns the members that may get a chunk now, those with the fewest chunks first.</summary>
    public List<IEmbeddingWorker> Ready()
    {
        List<IEmbeddingWorker> ready = [];
        foreach (IEmbeddingWorker worker in workers.List())
        {
            if (Of(worker.Id).IsExcluded)
            {
                continue;
            }

            _lastAvailable = clock.GetTimestamp();
            if (HasRoom(worker) && !IsBlocked(worker))
            {
                ready.Add(worker);
            }
        }

        ready.Sort((left, right) =>
            Of(left.Id).Chunks != Of(right.Id).Chunks
                ? Of(left.Id).Chunks.CompareTo(Of(right.Id).Chunks)
                : string.CompareOrdinal(left.Id, right.Id));
        return ready;
    }

    /// <summary>Counts the members that embed for this run and have not failed a moment ago.</summary>
    public int CountUsable() => workers.List().Count(worker => !Of(worker.Id).IsExcluded && !IsBlocked(worker));

    /// <summary>Returns whether a member has room for one more chunk.</summary>
    public bool HasRoom(IEmbeddingWorker worker) => Of(worker.Id).Chunks < bound;

    /// <summary>Returns whether a member embeds a suspect.</summary>
    public bool HasSuspect(IEmbeddingWorker worker) => Of(worker.Id).HasSuspect;

    /// <summary>Counts a chunk that is given to a member.</summary>
    public void Begin(ChunkAttempt attempt)
    {
        Load load = Of(attempt.Worker.Id);
        load.Chunks++;
        load.HasSuspect |= attempt.Chunk.IsSuspect;
    }

    /// <summary>Counts a chunk that a member no longer has.</summary>
    public void End(ChunkAttempt attempt)
    {
        Load load = Of(attempt.Worker.Id);
        load.Chunks--;
        load.HasSuspect &= !attempt.Chunk.IsSuspect;
    }

    /// <summary>Gives a member no chunk for a while.</summary>
    public void Block(IEmbeddingWorker worker, TimeSpan time)
    {
        Load load = Of(worker.Id);
        load.BlockedSince = clock.GetTimestamp();
        load.BlockedFor = time;
    }

    /// <summary>Gives a member no chunk of this run.</summary>
    /// <returns>Whether it was not excluded before.</returns>
    public bool Exclude(IEmbeddingWorker worker)
    {
        bool isNew = !Of(worker.Id).IsExcluded;
        Of(worker.Id).IsExcluded = true;
        return isNew;
    }

    private bool IsBlocked(IEmbeddingWorker worker) =>
        Of(worker.Id) is { BlockedSince: not 0 } load && clock.GetElapsedTime(load.BlockedSince) < load.BlockedFor;

    private Load Of(string id)
    {
        if (!_loads.TryGetValue(id, out Load? load))
        {
            load = new Load();
            _loads.Add(id, load);
        }

        return load;
    }

    private sealed class Load
    {
        public int Chunks { get; set; }

        public bool HasSuspect { get; set; }

        public bool IsExcluded { get; set; }

        public long BlockedSince { get; set; }

        public TimeSpan BlockedFor { get; set; }
    }
}
