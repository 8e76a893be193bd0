namespace TopicGrpc.Server.Embedding;

/// <summary>
/// Estimates of the cost of texts and of the wait in the queue. The cost of a text is its size in units (a fixed part and a part by length)
/// times one rate, an exponentially weighted mean of the last texts (1/16). The wait is the cost of the texts ahead times a factor learned
/// from earlier waits, because the threads of a busy machine do not run all the time. Thread-safe; a lost update costs accuracy only.
/// </summary>
internal sealed class EmbeddingCostModel(int maxTokens)
{
    // An English word piece has about four characters; the fixed cost of a run equals about eight tokens.
    private const int CharactersPerToken = 4;
    private const int FixedUnits = 8;
    private const int FirstSamples = 8;

    // Shorter waits measure the timer rather than the queue.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(20);

    private double _ticksPerUnit;
    private double _waitFactor = 1;
    private int _samples;

    /// <summary>Units of the longest text.</summary>
    public int LongestUnits => FixedUnits + maxTokens;

    /// <summary>Whether enough texts were observed to reject others by the estimate.</summary>
    public bool IsTrained => Volatile.Read(ref _samples) >= FirstSamples;

    /// <summary>Returns the size of a text in units.</summary>
    public int UnitsOf(string text) => FixedUnits + Math.Min(maxTokens, 2 + (text.Length / CharactersPerToken));

    /// <summary>Estimates the time of one thread for some units.</summary>
    public TimeSpan Estimate(long units) => TimeSpan.FromTicks((long)(Volatile.Read(ref _ticksPerUnit) * units));

    /// <summary>Estimates the wait behind some units that several threads share.</summary>
    public TimeSpan EstimateWait(long units, int threads) => Estimate(units) / threads * Volatile.Read(ref _waitFactor);

    /// <summary>Learns from the wait of a text.</summary>
    /// <param name="expected">Cost of the texts ahead divided by the number of threads, without the factor.</param>
    /// <param name="took">Observed wait.</param>
    public void ObserveWait(TimeSpan expected, TimeSpan took)
    {
        if (expected >= ShortestWait)
        {
            // At least 1: a queue that callers leave is faster than its work, and the next callers may stay.
            double before = Volatile.Read(ref _waitFactor);
            Volatile.Write(ref _waitFactor, Math.Clamp(before + (((took / expected) - before) / 16), 1, 10));
        }
    }

    /// <summary>Learns from the cost of a text.</summary>
    public void Observe(int units, TimeSpan took)
    {
        double sample = (double)took.Ticks / units;
        int seen = Volatile.Read(ref _samples);

        // The first 16 texts count equally: the estimate is their mean.
        double weight = 1.0 / Math.Min(16, seen + 1);
        double before = Volatile.Read(ref _ticksPerUnit);
        Volatile.Write(ref _ticksPerUnit, before + (weight * (sample - before)));
        Volatile.Write(ref _samples, Math.Min(seen + 1, int.MaxValue - 1));
    }
}
