using Microsoft.Extensions.Logging;
using TopicGrpc.Cluster.ObjectStore;

namespace TopicGrpc.Cluster.Versions;

/// <summary>
/// Repeats work while the object store is unavailable, after delays that double from one second to half a minute, until a limit.
/// Thread-safe.
/// </summary>
/// <param name="limit">Time after which a failure is final.</param>
/// <param name="clock">Clock of limit and delays.</param>
/// <param name="logger">Log.</param>
internal sealed class StoreWait(TimeSpan limit, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Runs work until it succeeds or fails for another reason than an outage of the store.</summary>
    /// <param name="subject">Name of the version, for the log.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ObjectStoreException">The store was unavailable until the limit.</exception>
    public async Task<T> RunAsync<T>(string subject, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        for (TimeSpan delay = Shortest; ; delay = delay * 2 < Longest ? delay * 2 : Longest)
        {
            try
            {
                return await work();
            }
            catch (ObjectStoreException failure) when (failure.IsTransient && clock.GetElapsedTime(started) < limit)
            {
                Log.StoreAwaited(logger, failure, subject, delay.TotalSeconds);
            }

            await Task.Delay(delay, clock, cancellationToken);
        }
    }
}
