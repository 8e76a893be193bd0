namespace TopicGrpc.Server.Embedding;

/// <summary>
/// The caller's deadline, or the server's default if the caller set none, and the token that is canceled with it. The clock time is read
/// once, when the call arrives; after that the deadline is monotonic, so a step of the clock changes no running call.
/// </summary>
internal sealed class CallDeadline : IDisposable
{
    private readonly CancellationTokenSource? _source;
    private readonly CancellationToken _callCancelled;
    private readonly TimeSpan? _total;
    private readonly long _started;
    private readonly TimeProvider _clock;

    private CallDeadline(TimeSpan? total, CancellationTokenSource? source, TimeProvider clock, CancellationToken callCancelled)
    {
        _callCancelled = callCancelled;
        _total = total;
        _source = source;
        _clock = clock;
        _started = clock.GetTimestamp();
        Token = source?.Token ?? callCancelled;
    }

    /// <summary>Canceled when the caller leaves or the deadline passes.</summary>
    public CancellationToken Token { get; }

    /// <summary>Time left; infinite without a deadline.</summary>
    public TimeSpan Remaining => _total is { } total ? total - _clock.GetElapsedTime(_started) : Timeout.InfiniteTimeSpan;

    /// <summary>Whether the deadline has passed.</summary>
    public bool HasPassed => _total is not null && Remaining <= TimeSpan.Zero;

    /// <summary>Whether the server's default ended the call: the caller set no deadline and still waits.</summary>
    public bool HasDefaultPassed => _source?.IsCancellationRequested == true && !_callCancelled.IsCancellationRequested;

    /// <summary>Returns the deadline of a call.</summary>
    /// <param name="deadline">The caller's deadline; <see cref="DateTime.MaxValue"/> for none.</param>
    /// <param name="whenNone">The server's default; zero for none.</param>
    /// <param name="clock">Clock of the server.</param>
    /// <param name="callCancelled">Token of the call.</param>
    public static CallDeadline Of(DateTime deadline, TimeSpan whenNone, TimeProvider clock, CancellationToken callCancelled)
    {
        if (deadline != DateTime.MaxValue)
        {
            return new CallDeadline(new DateTimeOffset(deadline) - clock.GetUtcNow(), null, clock, callCancelled);
        }

        if (whenNone == TimeSpan.Zero)
        {
            return new CallDeadline(null, null, clock, callCancelled);
        }

        var source = CancellationTokenSource.CreateLinkedTokenSource(callCancelled);
        source.CancelAfter(whenNone);
        return new CallDeadline(whenNone, source, clock, callCancelled);
    }

    /// <inheritdoc/>
    public void Dispose() => _source?.Dispose();
}
