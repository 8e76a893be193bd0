namespace TopicGrpc.Server.Scheduling;

/// <summary>Knows whether somebody has asked for a prediction lately. Safe for any number of callers.</summary>
internal sealed class CallWatch(TimeProvider clock)
{
    /// <summary>After this long without a call the next is not expected at once.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(10);

    private long _last = long.MinValue;

    /// <summary>Whether calls come.</summary>
    public bool IsAwake => Volatile.Read(ref _last) is not long.MinValue and long last && clock.GetElapsedTime(last) < Lately;

    /// <summary>Somebody asks.</summary>
    public void Note() => Volatile.Write(ref _last, clock.GetTimestamp());
}
