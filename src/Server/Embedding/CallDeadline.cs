namespace TopicGrpc.Server.Embedding;

/// <summary>How long an answer is of use: the caller's deadline, or the server's default where the caller set none, and the token that ends with it.</summary>
internal sealed class CallDeadline : IDisposable
{
    private readonly CancellationTokenSource? _source;
    private readonly CancellationToken _callCancelled;
    private readonly DateTimeOffset? _end;
    private readonly TimeProvider _clock;

    private CallDeadline(DateTimeOffset? end, CancellationTokenSource? source, TimeProvider clock, CancellationToken callCancelled)
    {
        _callCancelled = callCancelled;
        _end = end;
        _source = source;
        _clock = clock;
        Token = source?.Token ?? callCancelled;
    }

    /// <summary>Raised when the caller has gone or the time is up.</summary>
    public CancellationToken Token { get; }

    /// <summary>Time left; infinite where there is no end.</summary>
    public TimeSpan Remaining => _end is { } end ? end - _clock.GetUtcNow() : Timeout.InfiniteTimeSpan;

    /// <summary>Whether the server's default ended the call: the caller set no deadline and still waits.</summary>
    public bool HasDefaultPassed => _source?.IsCancellationRequested == true && !_callCancelled.IsCancellationRequested;

    /// <summary>Deadline of a call.</summary>
    /// <param name="deadline">What the caller set; <see cref="DateTime.MaxValue"/> for nothing.</param>
    /// <param name="whenNone">The server's default; zero for none.</param>
    /// <param name="clock">Clock.</param>
    /// <param name="callCancelled">Token of the call.</param>
    public static CallDeadline Of(DateTime deadline, TimeSpan whenNone, TimeProvider clock, CancellationToken callCancelled)
    {
        if (deadline != DateTime.MaxValue)
        {
            return new CallDeadline(new DateTimeOffset(deadline), null, clock, callCancelled);
        }

        if (whenNone == TimeSpan.Zero)
        {
            return new CallDeadline(null, null, clock, callCancelled);
        }

        var source = CancellationTokenSource.CreateLinkedTokenSource(callCancelled);
        source.CancelAfter(whenNone);
        return new CallDeadline(clock.GetUtcNow() + whenNone, source, clock, callCancelled);
    }

    /// <inheritdoc/>
    public void Dispose() => _source?.Dispose();
}
