namespace TopicGrpc.Explorer.Hosting;

/// <summary>Counts the open pages. Each one keeps its components in memory, so their number is bounded.</summary>
internal sealed class CircuitLimit
{
    /// <summary>Largest number of open pages.</summary>
    public const int MaxPages = 200;

    private int _count;

    /// <summary>Whether another page may be opened.</summary>
    public bool IsReached => Volatile.Read(ref _count) >= MaxPages;

    public void Opened() => Interlocked.Increment(ref _count);

    public void Closed() => Interlocked.Decrement(ref _count);
}
