using Microsoft.Extensions.Options;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Scheduling;

namespace TopicGrpc.Server.Receiving;

/// <summary>
/// Runs the queries whose cost grows faster than their answer: a few at the same time, and a bounded number waits. They run on threads of
/// low priority, so that a search of a large corpus does not delay predictions.
/// </summary>
internal sealed class QueryLane : IDisposable
{
    private readonly SemaphoreSlim _running;
    private readonly Lazy<BackgroundScheduler> _background;
    private readonly int _maxQueued;
    private int _waiting;

    public QueryLane(IOptions<ReceivingOptions> options)
    {
        int max = options.Value.MaxQueries == 0 ? Math.Max(2, Environment.ProcessorCount) : options.Value.MaxQueries;
        _running = new SemaphoreSlim(max);
        _background = new Lazy<BackgroundScheduler>(() => new BackgroundScheduler(max));
        _maxQueued = options.Value.MaxQueuedQueries;
    }

    /// <summary>Waits for a place and runs a query. A query must not block its thread on another query.</summary>
    /// <exception cref="ServiceException">Too many queries wait.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> query, CancellationToken cancellationToken)
    {
        if (!_running.Wait(0, CancellationToken.None))
        {
            await WaitAsync(cancellationToken);
        }

        try
        {
            return await _background.Value.RunAsync(query, cancellationToken);
        }
        finally
        {
            _running.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_background.IsValueCreated)
        {
            _background.Value.Dispose();
        }

        _running.Dispose();
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > _maxQueued)
            {
                throw CallFault.QueriesFull(_maxQueued);
            }

            await _running.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
