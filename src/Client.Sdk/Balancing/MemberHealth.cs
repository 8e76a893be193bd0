using System.Collections.Concurrent;

namespace TopicGrpc.Client.Balancing;

/// <summary>
/// Which servers get calls. A server that answers <c>UNAVAILABLE</c>, breaks the connection or does not answer is suspended: for a second
/// after the first failure, then twice as long, up to half a minute. After that, one call tries it, and its answer ends the suspension.
/// Thread-safe.
/// </summary>
internal sealed class MemberHealth(TimeProvider time)
{
    private const int MaxDoublings = 5;

    private static readonly TimeSpan FirstSuspension = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxSuspension = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ConnectDelay = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<MemberEndpoint, Suspension> _suspensions = new();
    private IReadOnlyList<MemberEndpoint> _known = [];
    private IReadOnlyList<MemberEndpoint> _connected = [];

    /// <summary>All servers.</summary>
    public IReadOnlyList<MemberEndpoint> Known
    {
        get => Volatile.Read(ref _known);
        set => Volatile.Write(ref _known, value);
    }

    /// <summary>Servers with a connection.</summary>
    public IReadOnlyList<MemberEndpoint> Connected
    {
        get => Volatile.Read(ref _connected);
        set => Volatile.Write(ref _connected, value);
    }

    /// <summary>Whether a server with a connection is not suspended.</summary>
    public bool HasReadyServer => HasReady(Connected);

    /// <summary>
    /// Returns the delay before a call is repeated that a server answered with <c>UNAVAILABLE</c>: the delay that it asks for is its own,
    /// and another server can answer at once or when it is connected.
    /// </summary>
    /// <param name="asked">Delay that the server asks for; null: none.</param>
    /// <returns>The delay; null: that of a failure without one.</returns>
    public TimeSpan? DelayOf(TimeSpan? asked) =>
        asked is not { } delay || HasReadyServer ? null
            : delay > ConnectDelay && HasReady(Known) ? ConnectDelay
            : delay;

    public bool IsSuspended(MemberEndpoint member) =>
        !_suspensions.IsEmpty && _suspensions.TryGetValue(member, out Suspension? suspension) && time.GetTimestamp() < suspension.Until;

    /// <summary>Records that a server was selected. If its suspension is over, other calls avoid it until this one is answered.</summary>
    public void Selected(MemberEndpoint member)
    {
        if (!_suspensions.IsEmpty && _suspensions.TryGetValue(member, out Suspension? over) && time.GetTimestamp() >= over.Until)
        {
            _suspensions.TryUpdate(member, over with { Until = After(over.Failures).Until }, over);
        }
    }

    /// <summary>Records that a server answered.</summary>
    public void Answered(MemberEndpoint member)
    {
        if (!_suspensions.IsEmpty)
        {
            _suspensions.TryRemove(member, out _);
        }
    }

    /// <summary>Records that a server did not answer, or answered that it is unavailable.</summary>
    public void Failed(MemberEndpoint member) => _suspensions.AddOrUpdate(
        member,
        static (_, health) => health.After(failures: 1),
        static (_, last, health) => health.IsRunning(last) ? last : health.After(last.Failures + 1),
        this);

    private bool HasReady(IReadOnlyList<MemberEndpoint> members)
    {
        foreach (MemberEndpoint member in members)
        {
            if (!IsSuspended(member))
            {
                return true;
            }
        }

        return false;
    }

    // Calls that were running together fail together: that is one failure.
    private bool IsRunning(Suspension suspension) => time.GetElapsedTime(suspension.Started) < FirstSuspension;

    private Suspension After(int failures)
    {
        TimeSpan length = FirstSuspension * Math.Pow(2, Math.Min(failures - 1, MaxDoublings));
        length = length < MaxSuspension ? length : MaxSuspension;
        long now = time.GetTimestamp();
        return new Suspension(failures, now, now + (long)(length.TotalSeconds * time.TimestampFrequency));
    }

    /// <summary>A suspension of a server.</summary>
    /// <param name="Failures">Failures in succession.</param>
    /// <param name="Started">Timestamp of its start.</param>
    /// <param name="Until">Timestamp of its end.</param>
    private sealed record Suspension(int Failures, long Started, long Until);
}
