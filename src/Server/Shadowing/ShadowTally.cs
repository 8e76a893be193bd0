namespace TopicGrpc.Server.Shadowing;

/// <summary>
/// Counts of one traffic policy since the policy was set or the server was started. Memory is bounded: pairs beyond <see cref="MaxPairs"/>
/// count in the sums only.
/// </summary>
internal sealed class ShadowTally(DateTimeOffset since)
{
    public const int MaxPairs = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<TopicPair, long> _pairs = [];
    private readonly long[] _counts = new long[Enum.GetValues<ShadowOutcome>().Length];

    /// <summary>When counting started.</summary>
    public DateTimeOffset Since { get; } = since;

    /// <summary>Counts an outcome and, for a disagreement, its pair of topics.</summary>
    public void Count(ShadowOutcome outcome, TopicPair? disagreement = null)
    {
        lock (_gate)
        {
            _counts[(int)outcome]++;
            if (disagreement is null)
            {
                return;
            }

            if (_pairs.TryGetValue(disagreement, out long count) || _pairs.Count < MaxPairs)
            {
                _pairs[disagreement] = count + 1;
            }
        }
    }

    /// <summary>Returns a consistent snapshot of all counts.</summary>
    /// <param name="pairs">Most pairs to return.</param>
    public ShadowCounts Read(int pairs)
    {
        lock (_gate)
        {
            return new ShadowCounts(
                Of(ShadowOutcome.Agreed) + Of(ShadowOutcome.Disagreed),
                Of(ShadowOutcome.Disagreed),
                Of(ShadowOutcome.Dropped),
                Of(ShadowOutcome.Failed),
                [
                    .. _pairs
                        .OrderByDescending(static pair => pair.Value)
                        .ThenBy(static pair => pair.Key.Version)
                        .ThenBy(static pair => pair.Key.Topic.Id)
                        .ThenBy(static pair => pair.Key.ShadowTopic.Id)
                        .Take(pairs)
                        .Select(static pair => (pair.Key, pair.Value)),
                ]);
        }
    }

    private long Of(ShadowOutcome outcome) => _counts[(int)outcome];
}
