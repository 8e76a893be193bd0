using System.Diagnostics;
using Grpc.Core;
using TopicGrpc.Client.Errors;

namespace TopicGrpc.Load.Calls;

/// <summary>
/// Load generators: a closed loop (fixed number of calls in flight) and an open loop (fixed rate; a late answer does not
/// delay the next call).
/// </summary>
internal static class CallLoop
{
    /// <summary>Runs a closed loop for a duration.</summary>
    /// <returns>The calls and the elapsed time.</returns>
    public static async Task<(CallRecord Calls, TimeSpan Elapsed)> ClosedAsync(
        int inFlight,
        TimeSpan duration,
        Func<CancellationToken, Task> call,
        CancellationToken cancellationToken)
    {
        CallRecord record = new();
        long started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                await RecordAsync(record, call, cancellationToken);
            }
        }, cancellationToken)));
        return (record, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Measures the capacity of a warm server with eight calls in flight.</summary>
    /// <returns>The calls, and the number of answers per second.</returns>
    public static async Task<(CallRecord Calls, double Capacity)> CapacityAsync(
        TimeSpan duration,
        Func<CancellationToken, Task> call,
        CancellationToken cancellationToken)
    {
        const int InFlight = 8;
        await ClosedAsync(InFlight, TimeSpan.FromSeconds(3), call, cancellationToken);
        (CallRecord calls, TimeSpan elapsed) = await ClosedAsync(InFlight, duration, call, cancellationToken);
        return (calls, calls.Count(CallOutcome.Answered) / elapsed.TotalSeconds);
    }

    /// <summary>Runs an open loop for a duration and waits for the last call.</summary>
    public static async Task<CallRecord> OpenAsync(
        double rate,
        TimeSpan duration,
        Func<CancellationToken, Task> call,
        CancellationToken cancellationToken)
    {
        CallRecord record = new();
        List<Task> calls = [];
        long started = Stopwatch.GetTimestamp();
        for (int number = 0; number < rate * duration.TotalSeconds; number++)
        {
            var due = TimeSpan.FromSeconds(number / rate);
            TimeSpan wait = due - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, cancellationToken);
            }

            // Start the clock here: timers are up to a millisecond late, which is not the server's latency.
            calls.Add(RecordAsync(record, call, cancellationToken));
        }

        await Task.WhenAll(calls);
        return record;
    }

    /// <summary>Makes one call and records its outcome.</summary>
    public static async Task RecordAsync(CallRecord record, Func<CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        try
        {
            await call(cancellationToken);
            record.Add(CallOutcome.Answered, Elapsed());
        }
        catch (RpcException exception)
        {
            Note(OutcomeOf(exception.StatusCode), exception.Status.ToString());
        }
        catch (TopicGrpcException exception)
        {
            Note(OutcomeOf((StatusCode)exception.Status), $"{exception.Status} {exception.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            record.Add(CallOutcome.Canceled, Elapsed());
        }

        double Elapsed() => Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        void Note(CallOutcome outcome, string message)
        {
            if (outcome == CallOutcome.Failed)
            {
                record.AddFailure(Elapsed(), message);
            }
            else
            {
                record.Add(outcome, Elapsed());
            }
        }
    }

    private static CallOutcome OutcomeOf(StatusCode status) => status switch
    {
        StatusCode.ResourceExhausted => CallOutcome.Rejected,
        StatusCode.DeadlineExceeded => CallOutcome.Expired,
        StatusCode.Cancelled => CallOutcome.Canceled,
        _ => CallOutcome.Failed,
    };
}
