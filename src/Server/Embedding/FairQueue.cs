namespace TopicGrpc.Server.Embedding;

/// <summary>
/// Texts that wait, shared fairly between callers by self-clocked fair queueing (Golestani, INFOCOM 1994) with equal weights. The first
/// text of each caller has a tag: the virtual time at which it may start plus its units. The text with the smallest tag is taken, and its
/// tag becomes the virtual time. The texts of a caller that just arrived start at the virtual time, all others at the tag of the text
/// before them.
/// <para>
/// While a text waits, each other caller is served at most the units that the text's own caller had queued until then, the text included,
/// plus one text. A caller alone is served in the order of arrival. Not thread-safe.
/// </para>
/// </summary>
internal sealed class FairQueue
{
    private readonly Dictionary<string, CallerLine> _lines = new(StringComparer.Ordinal);
    private readonly PriorityQueue<CallerLine, (long Tag, long Arrival)> _order = new();
    private long _virtualTime;
    private long _arrivals;

    /// <summary>Number of texts.</summary>
    public int Count { get; private set; }

    /// <summary>Number of texts that count towards the limit: all except paced ones, whose senders are slowed instead.</summary>
    public int Limited { get; private set; }

    /// <summary>Units of all texts.</summary>
    public long Units { get; private set; }

    /// <summary>Adds a text at the end of its caller's line.</summary>
    public void Add(EmbeddingJob job)
    {
        if (!_lines.TryGetValue(job.Caller, out CallerLine? line))
        {
            // A caller without texts needs no memory: what it was served ended at or before the virtual time.
            line = new CallerLine(job.Caller, _virtualTime);
            _lines.Add(job.Caller, line);
        }

        bool isFirst = line.First is null;
        job.Arrival = _arrivals++;
        line.Add(job);
        Count++;
        Limited += job.IsPaced ? 0 : 1;
        Units += job.Units;
        if (isFirst)
        {
            _order.Enqueue(line, line.Place);
        }
    }

    /// <summary>Takes the next text; null if none waits.</summary>
    public EmbeddingJob? Take()
    {
        if (!_order.TryDequeue(out CallerLine? line, out (long Tag, long Arrival) place))
        {
            return null;
        }

        EmbeddingJob job = line.First!;
        _virtualTime = place.Tag;
        Remove(line, job);
        Restore(line);
        return job;
    }

    /// <summary>Removes a text if it still waits.</summary>
    /// <returns>Whether it waited.</returns>
    public bool TryRemove(EmbeddingJob job)
    {
        if (job.Place?.List is null)
        {
            return false;
        }

        CallerLine line = _lines[job.Caller];
        bool isFirst = line.First == job;
        Remove(line, job);
        if (isFirst)
        {
            _order.Remove(line, out _, out _);
            Restore(line);
        }

        return true;
    }

    /// <summary>
    /// Makes a place in a full queue: removes the newest text of the caller with the most texts, if that caller keeps at least as many as
    /// <paramref name="caller"/> then has.
    /// </summary>
    /// <returns>The removed text; null if <paramref name="caller"/> has its share already.</returns>
    public EmbeddingJob? TryDisplace(string caller)
    {
        int own = _lines.GetValueOrDefault(caller)?.Limited ?? 0;
        CallerLine? fullest = null;
        foreach (CallerLine line in _lines.Values)
        {
            fullest = fullest is null || line.Limited > fullest.Limited ? line : fullest;
        }

        if (fullest is null || fullest.Limited <= own + 1)
        {
            return null;
        }

        EmbeddingJob displaced = fullest.NewestLimited()!;
        TryRemove(displaced);
        return displaced;
    }

    /// <summary>Returns the units that are taken before a text that its caller adds now, if no other text arrives.</summary>
    /// <param name="caller">Caller of the text.</param>
    /// <param name="units">Units of the text.</param>
    public long UnitsBefore(string caller, int units)
    {
        CallerLine? own = _lines.GetValueOrDefault(caller);
        long before = own?.Units ?? 0;
        long tag = (own?.Start ?? _virtualTime) + before + units;
        foreach (CallerLine line in _lines.Values)
        {
            before += line == own ? 0 : Math.Clamp(tag - line.Start, 0, line.Units);
        }

        return before;
    }

    private void Remove(CallerLine line, EmbeddingJob job)
    {
        line.Remove(job, _virtualTime);
        Count--;
        Limited -= job.IsPaced ? 0 : 1;
        Units -= job.Units;
    }

    private void Restore(CallerLine line)
    {
        if (line.First is null)
        {
            _lines.Remove(line.Caller);
        }
        else
        {
            _order.Enqueue(line, line.Place);
        }
    }
}
