using System.Security.Cryptography;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>
/// Repeats work that fails for a transient reason until a time limit. The delays double from 10 ms to 1 s, each shortened at random by up
/// to a half, so that transactions that collided do not collide again. Thread-safe.
/// </summary>
/// <param name="limit">Time after which a failure is final.</param>
/// <param name="clock">Clock of the limit.</param>
/// <param name="stop">Ends the delays.</param>
internal sealed class PostgresRetry(TimeSpan limit, TimeProvider clock, CancellationToken stop)
{
    private const int Resolution = 1 << 20;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>Runs work until it succeeds, fails for a lasting reason, or the time is over.</summary>
    /// <exception cref="Exception">The last failure.</exception>
    public T Run<T>(Func<T> work)
    {
        long start = clock.GetTimestamp();
        for (TimeSpan delay = Shortest; ; delay = delay * 2 < Longest ? delay * 2 : Longest)
        {
            try
            {
                return work();
            }
            catch (Exception exception)
                when (PostgresErrors.IsTransient(exception) && clock.GetElapsedTime(start) < limit && !stop.IsCancellationRequested)
            {
                // Waits below, outside the handler.
            }

            double share = 1 - (RandomNumberGenerator.GetInt32(Resolution) / (2.0 * Resolution));
            stop.WaitHandle.WaitOne(delay * share);
        }
    }
}
