namespace TopicGrpc.Server.Embedding;

/// <summary>The texts of one caller in a <see cref="FairQueue"/>, in the order of their arrival.</summary>
/// <param name="caller">Identity of the caller.</param>
/// <param name="start">Virtual time at which the first text may start.</param>
internal sealed class CallerLine(string caller, long start)
{
    private readonly LinkedList<EmbeddingJob> _jobs = new();

    public string Caller { get; } = caller;

    /// <summary>Virtual time at which the first text may start: at most that of the queue when the text became the first.</summary>
    public long Start { get; private set; } = start;

    /// <summary>Units of all texts.</summary>
    public long Units { get; private set; }

    /// <summary>Number of texts that count towards the limit of the queue.</summary>
    public int Limited { get; private set; }

    /// <summary>The first text; null if no text waits.</summary>
    public EmbeddingJob? First => _jobs.First?.Value;

    /// <summary>Place among the callers: the tag of the first text, then its arrival.</summary>
    public (long Tag, long Arrival) Place => (Start + _jobs.First!.Value.Units, _jobs.First.Value.Arrival);

    /// <summary>Adds a text at the end.</summary>
    public void Add(EmbeddingJob job)
    {
        job.Place = _jobs.AddLast(job);
        Units += job.Units;
        Limited += job.IsPaced ? 0 : 1;
    }

    /// <summary>Removes a text.</summary>
    /// <param name="job">One of the texts.</param>
    /// <param name="nextStart">Virtual time at which the next text may start, if <paramref name="job"/> is the first.</param>
    public void Remove(EmbeddingJob job, long nextStart)
    {
        Start = First == job ? Math.Max(Start, nextStart) : Start;
        _jobs.Remove(job.Place!);
        Units -= job.Units;
        Limited -= job.IsPaced ? 0 : 1;
    }

    /// <summary>Returns the newest text that counts towards the limit; null if there is none.</summary>
    public EmbeddingJob? NewestLimited()
    {
        LinkedListNode<EmbeddingJob>? node = _jobs.Last;
        while (node is { Value.IsPaced: true })
        {
            node = node.Previous;
        }

        return node?.Value;
    }
}
