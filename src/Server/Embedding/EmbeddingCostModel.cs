namespace TopicGrpc.Server.Embedding;

/// <summary>
/// What texts are expected to cost: a fixed part and a part by length, as one rate that follows the last texts
/// (exponentially weighted, 1/16), and how long those ahead of a text keep it waiting: their cost, corrected by how waits turned
/// out against it, because the threads of a busy machine do not run all the time. Safe for any number of callers; a lost
/// update costs accuracy, not correctness.
/// </summary>
internal sealed class EmbeddingCostModel(int maxTokens)
{
    // Word pieces of English text run to some four characters; the fixed part of a run weighs about as much as eight tokens.
    private const int CharactersPerToken = 4;
    private const int FixedUnits = 8;
    private const int FirstSamples = 8;

    // Waits shorter than this say more about the timer than about the queue.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(20);

    private double _ticksPerUnit;
    private double _waitFactor = 1;
    private int _samples;

    /// <summary>Size of the longest text, in the units of the rate.</summary>
    public int LongestUnits => FixedUnits + maxTokens;

    /// <summary>Whether enough texts were seen to refuse others by it.</summary>
    public bool IsTrained => Volatile.Read(ref _samples) >= FirstSamples;

    /// <summary>Size of a text in the units of the rate.</summary>
    public int UnitsOf(string text) => FixedUnits + Math.Min(maxTokens, 2 + (text.Length / CharactersPerToken));

    /// <summary>Time that units are expected to take one executor.</summary>
    public TimeSpan Estimate(long units) => TimeSpan.FromTicks((long)(Volatile.Read(ref _ticksPerUnit) * units));

    /// <summary>Time that units, shared by a number of threads, are expected to keep a text waiting.</summary>
    public TimeSpan EstimateWait(long units, int threads) => Estimate(units) / threads * Volatile.Read(ref _waitFactor);

    /// <summary>Learns from a text that waited.</summary>
    /// <param name="expected">Cost of what was ahead of it over the threads, without the correction.</param>
    /// <param name="took">How long it waited.</param>
    public void ObserveWait(TimeSpan expected, TimeSpan took)
    {
        if (expected >= ShortestWait)
        {
            // Not below one: a queue that is left by callers who go away is faster than its work, and others may stay.
            double before = Volatile.Read(ref _waitFactor);
            Volatile.Write(ref _waitFactor, Math.Clamp(before + (((took / expected) - before) / 16), 1, 10));
        }
    }

    /// <summary>Learns from a text.</summary>
    public void Observe(int units, TimeSpan took)
    {
        double sample = (double)took.Ticks / units;
        int seen = Volatile.Read(ref _samples);
        // The first texts count more: their plain mean is the best there is.
        double weight = 1.0 / Math.Min(16, seen + 1);
        double before = Volatile.Read(ref _ticksPerUnit);
        Volatile.Write(ref _ticksPerUnit, before + (weight * (sample - before)));
        Volatile.Write(ref _samples, Math.Min(seen + 1, int.MaxValue - 1));
    }
}
