using System.Collections.Concurrent;
using System.Diagnostics;

namespace TopicGrpc.Load;

/// <summary>Calls at a number in flight (closed loop) or at a rate (open loop: a late answer does not delay the next call, and waiting counts).</summary>
internal static class CallLoop
{
    public static async Task<CallFigures> ClosedAsync(int inFlight, TimeSpan duration, Func<CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        ConcurrentBag<double> times = [];
        int failed = 0;
        long started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                if (!await TimeAsync(Stopwatch.GetTimestamp(), times, call, cancellationToken))
                {
                    Interlocked.Increment(ref failed);
                }
            }
        }, cancellationToken)));
        return CallFigures.Of(times, failed, Stopwatch.GetElapsedTime(started));
    }

    public static async Task<CallFigures> OpenAsync(double rate, TimeSpan duration, Func<CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        ConcurrentBag<double> times = [];
        List<Task<bool>> calls = [];
        long started = Stopwatch.GetTimestamp();
        for (int number = 0; number < rate * duration.TotalSeconds; number++)
        {
            var due = TimeSpan.FromSeconds(number / rate);
            TimeSpan wait = due - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, cancellationToken);
            }

            // Timers are late by up to a millisecond; that is not the server's.
            calls.Add(TimeAsync(Stopwatch.GetTimestamp(), times, call, cancellationToken));
        }

        bool[] succeeded = await Task.WhenAll(calls);
        return CallFigures.Of(times, succeeded.Count(static success => !success), Stopwatch.GetElapsedTime(started));
    }

    private static async Task<bool> TimeAsync(long from, ConcurrentBag<double> times, Func<CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        try
        {
            await call(cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            return true;
        }
        catch (Client.Errors.TopicGrpcException)
        {
            return false;
        }
    }
}
