using System.Diagnostics.CodeAnalysis;

namespace TopicGrpc.Server.Storage;

/// <summary>
/// Retries work that fails, as work on a full or failing disk does, after delays that double up to half a minute. Not
/// thread-safe.
/// </summary>
internal sealed class StorageRetry(TimeProvider clock)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private TimeSpan _next = Shortest;

    /// <summary>Runs work until it succeeds.</summary>
    /// <param name="work">The work.</param>
    /// <param name="waits">Receives the exception and the delay before each retry.</param>
    /// <param name="cancellationToken">Ends the retries.</param>
    /// <exception cref="OperationCanceledException">The token was canceled before the work succeeded.</exception>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The caller logs the exception.")]
    public async Task<T> RunAsync<T>(Func<Task<T>> work, Action<Exception, TimeSpan> waits, CancellationToken cancellationToken)
    {
        TimeSpan delay = Shortest;
        while (true)
        {
            try
            {
                return await work();
            }
            catch (Exception exception)
            {
                waits(exception, delay);
            }

            await Task.Delay(delay, clock, cancellationToken);
            delay = Double(delay);
        }
    }

    /// <summary>Returns the delay before the next retry; each is twice as long as the one before.</summary>
    public TimeSpan NextDelay()
    {
        TimeSpan delay = _next;
        _next = Double(delay);
        return delay;
    }

    /// <summary>Makes the next delay short again.</summary>
    public void Reset() => _next = Shortest;

    private static TimeSpan Double(TimeSpan delay) => delay * 2 < Longest ? delay * 2 : Longest;
}
