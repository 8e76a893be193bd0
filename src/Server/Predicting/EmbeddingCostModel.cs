namespace TopicGrpc.Server.Predicting;

/// <summary>
/// What texts are expected to cost: a fixed part and a part by length, as one rate that follows the last texts
/// (exponentially weighted, 1/16). Safe for any number of callers; a lost update costs accuracy, not correctness.
/// </summary>
internal sealed class EmbeddingCostModel(int maxTokens)
{
    // Word pieces of English text run to some four characters; the fixed part of a run weighs about as much as eight tokens.
    private const int CharactersPerToken = 4;
    private const int FixedUnits = 8;
    private const int FirstSamples = 8;

    private double _ticksPerUnit;
    private int _samples;

    /// <summary>Whether enough texts were seen to refuse others by it.</summary>
    public bool IsTrained => Volatile.Read(ref _samples) >= FirstSamples;

    /// <summary>Size of a text in the units of the rate.</summary>
    public int UnitsOf(string text) => FixedUnits + Math.Min(maxTokens, 2 + (text.Length / CharactersPerToken));

    /// <summary>Time that units are expected to take one executor.</summary>
    public TimeSpan Estimate(long units) => TimeSpan.FromTicks((long)(Volatile.Read(ref _ticksPerUnit) * units));

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
