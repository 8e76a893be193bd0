namespace TopicGrpc.Cluster.ObjectStore;

/// <summary>Limits of the calls of one member to the object store.</summary>
internal sealed record StoreCallOptions
{
    /// <summary>Time of one attempt: a part is transferred, a page is listed. Default 30 s.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts of a call. Default 5.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>
    /// Bound of the delay before the first retry; it doubles with each retry. A delay is uniform between zero and its bound. Default 0.2 s.
    /// </summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest delay before any retry. Default 5 s.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Calls of this member in flight. Each has at most one part in memory, so all transfers together use this many times 8 MiB. Default 8.
    /// </summary>
    public int MaxParallelCalls { get; init; } = 8;
}
