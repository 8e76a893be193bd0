namespace TopicGrpc.Server.Fitting;

/// <summary>
/// Turns of the callers whose fits wait: each caller runs one fit, then the others run theirs. This is the order of
/// <see cref="Embedding.FairQueue"/> with fits of equal size, because the duration of a fit is unknown before it runs. Not thread-safe.
/// </summary>
internal sealed class FitTurns
{
    private readonly Dictionary<string, long> _turns = new(StringComparer.Ordinal);
    private long _now;
    private string? _last;

    /// <summary>Counts a caller from its first fit on.</summary>
    public void Queued(string caller) => _turns.TryAdd(caller, _now);

    /// <summary>
    /// Returns the oldest fit of the caller whose turn it is; null if no fit is queued. Between callers with equally many turns, the one
    /// whose fit ran last waits.
    /// </summary>
    public FitJob? Next(IEnumerable<FitJob> queued) => queued.MinBy(job => (_turns[job.Caller], job.Caller == _last, job.Ordinal));

    /// <summary>Counts the turn of a caller.</summary>
    public void Begun(string caller)
    {
        _now = ++_turns[caller];
        _last = caller;
    }

    /// <summary>Forgets a caller without fits. If it comes back, it starts at the current turn, as a new caller does.</summary>
    public void Left(string caller) => _turns.Remove(caller);
}
