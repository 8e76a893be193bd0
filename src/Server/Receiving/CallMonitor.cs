using Microsoft.Extensions.Options;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Receiving;

/// <summary>
/// Ends the calls whose clients are silent or too slow, and, while other messages wait for room, the calls whose messages have been
/// arriving longest. One timer serves all calls.
/// </summary>
internal sealed class CallMonitor : IDisposable
{
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly HashSet<CallBody> _calls = [];
    private readonly ReceivingOptions _options;
    private readonly ReceiveBudget _budget;
    private readonly CallMetrics _metrics;
    private readonly ILogger<CallMonitor> _logger;
    private readonly TimeSpan _patience;
    private readonly ITimer _timer;

    public CallMonitor(
        IOptions<ReceivingOptions> options,
        ReceiveBudget budget,
        CallMetrics metrics,
        TimeProvider clock,
        ILogger<CallMonitor> logger)
    {
        _options = options.Value;
        _budget = budget;
        _metrics = metrics;
        _logger = logger;
        TimeSpan shortest = new[] { _options.StreamIdleTimeout, _options.MessageGrace, _options.MaxWait }.Min() / 4;
        TimeSpan period = shortest < LongestPeriod ? shortest : LongestPeriod;
        _patience = 2 * period;
        _timer = clock.CreateTimer(static monitor => ((CallMonitor)monitor!).Check(), this, period, period);
    }

    /// <summary>Bytes of all messages together.</summary>
    public long MaxBytes => _options.MaxBytes;

    /// <summary>Watches a call.</summary>
    public void Add(CallBody call)
    {
        lock (_lock)
        {
            _calls.Add(call);
        }
    }

    /// <summary>Stops watching a call.</summary>
    public void Remove(CallBody call)
    {
        lock (_lock)
        {
            _calls.Remove(call);
        }
    }

    /// <summary>Counts and logs a call that ends before its service has answered.</summary>
    public void Ended(string method, ServiceException failure)
    {
        _metrics.Rejected(failure.Reason);
        Log.Ended(_logger, method, failure.Reason, failure.Message);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Check()
    {
        CallBody[] calls;
        lock (_lock)
        {
            calls = [.. _calls];
        }

        foreach (CallBody call in calls)
        {
            if (Overdue(call) is { } failure)
            {
                call.Fail(failure);
            }
        }

        MakeRoom(calls, _budget.Wanted(_patience));
        _budget.RejectLate();
    }

    private ServiceException? Overdue(CallBody call)
    {
        TimeSpan partial = call.PartialWait;
        if (partial > _options.MessageGrace + TimeSpan.FromSeconds((double)call.PartialBytes / _options.MinBytesPerSecond))
        {
            return CallFault.MessageTooSlow(_options.MinBytesPerSecond);
        }

        return call.Silence > _options.StreamIdleTimeout ? CallFault.StreamIdle(_options.StreamIdleTimeout) : null;
    }

    private void MakeRoom(CallBody[] calls, long wanted)
    {
        if (wanted == 0)
        {
            return;
        }

        CallBody[] slow = [.. calls.Where(call => call.PartialWait > _patience).OrderByDescending(static call => call.PartialWait)];
        foreach (CallBody call in slow)
        {
            wanted -= call.AcquiredBytes;
            call.Fail(CallFault.SilentStreamEnded());
            if (wanted <= 0)
            {
                return;
            }
        }

        if (slow.Length == 0)
        {
            _budget.ResolveDeadlock();
        }
    }
}
