namespace TopicGrpc.Cluster.Embedding;

/// <summary>Times of the last chunks in relation to their expected cost, and which time is late. Not thread-safe.</summary>
/// <param name="factor">Multiple of the median that is late.</param>
/// <param name="minimum">Shortest time that is late.</param>
internal sealed class ChunkDurations(double factor, TimeSpan minimum)
{
    private const int Window = 64;
    private const int FirstSamples = 5;

    private readonly List<double> _ticksPerCost = new(Window);
    private int _next;

    /// <summary>Adds the time of a chunk.</summary>
    public void Add(long cost, TimeSpan took)
    {
        double sample = took.Ticks / (double)cost;
        if (_ticksPerCost.Count < Window)
        {
            _ticksPerCost.Add(sample);
            return;
        }

        _ticksPerCost[_next] = sample;
        _next = (_next + 1) % Window;
    }

    /// <summary>Returns the time after which a chunk is late; null while too few chunks are done to know.</summary>
    public TimeSpan? LateAfter(long cost)
    {
        if (_ticksPerCost.Count < FirstSamples)
        {
            return null;
        }

        double[] sorted = [.. _ticksPerCost];
        Array.Sort(sorted);
        var late = TimeSpan.FromTicks((long)(factor * sorted[sorted.Length / 2] * cost));
        return late > minimum ? late : minimum;
    }
}
