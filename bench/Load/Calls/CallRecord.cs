using System.Collections.Concurrent;

namespace TopicGrpc.Load.Calls;

/// <summary>Outcomes and durations of calls. Thread-safe.</summary>
internal sealed class CallRecord
{
    private readonly ConcurrentQueue<(CallOutcome Outcome, double Milliseconds)> _calls = new();
    private string? _firstFailure;

    /// <summary>Message of the first failed call; null if no call failed.</summary>
    public string? FirstFailure => Volatile.Read(ref _firstFailure);

    public void Add(CallOutcome outcome, double milliseconds) => _calls.Enqueue((outcome, milliseconds));

    public void AddFailure(double milliseconds, string message)
    {
        Interlocked.CompareExchange(ref _firstFailure, message, null);
        Add(CallOutcome.Failed, milliseconds);
    }

    /// <summary>Adds the calls of another record.</summary>
    public void Add(CallRecord other)
    {
        foreach ((CallOutcome outcome, double milliseconds) in other._calls)
        {
            Add(outcome, milliseconds);
        }

        if (other.FirstFailure is { } failure)
        {
            Interlocked.CompareExchange(ref _firstFailure, failure, null);
        }
    }

    /// <summary>Returns the number of calls without an answer.</summary>
    public int Failures() => _calls.Count(static call => call.Outcome != CallOutcome.Answered);

    public int Count(CallOutcome outcome) => _calls.Count(call => call.Outcome == outcome);

    /// <summary>Returns a quantile of the durations, in milliseconds, of the calls with these outcomes; 0 for none.</summary>
    public double Quantile(double share, params IReadOnlyCollection<CallOutcome> outcomes) =>
        Quantiles.Of([.. _calls.Where(call => outcomes.Contains(call.Outcome)).Select(static call => call.Milliseconds)], share);

    /// <summary>Median duration of the answered calls, in milliseconds.</summary>
    public double P50 => Quantile(0.5, CallOutcome.Answered);

    /// <summary>99th percentile of the durations of the answered calls, in milliseconds.</summary>
    public double P99 => Quantile(0.99, CallOutcome.Answered);
}
