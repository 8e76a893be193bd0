namespace TopicGrpc.Server.Scheduling;

/// <summary>Tracks whether interactive predictions were requested recently. Thread-safe.</summary>
internal sealed class CallWatch(TimeProvider clock)
{
    /// <summary>Time without a call after which none is expected soon.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(10);

    private long _last = long.MinValue;

    /// <summary>Whether a call arrived recently.</summary>
    public bool IsAwake => Volatile.Read(ref _last) is not long.MinValue and long last && clock.GetElapsedTime(last) < Recent;

    /// <summary>Records a call.</summary>
    public void Note() => Volatile.Write(ref _last, clock.GetTimestamp());
}
