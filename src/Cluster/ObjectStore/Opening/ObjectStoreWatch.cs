using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TopicGrpc.Cluster.ObjectStore.Opening;

/// <summary>Asks the store during an outage whether it answers again, so that health does not wait for the next call of a client.</summary>
internal sealed class ObjectStoreWatch(ContentStore store, ObjectStoreHealth health, TimeProvider clock, ILogger<ObjectStoreWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bool wasFailing = false;
        using PeriodicTimer timer = new(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (health.IsFailing && !wasFailing)
                {
                    Log.StoreFails(logger);
                }

                wasFailing = health.IsFailing;
                if (wasFailing && await AnswersAsync(stoppingToken))
                {
                    wasFailing = false;
                    Log.StoreAnswers(logger);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.FindLengthAsync(ObjectStoreStart.ProbeKey("watch"), cancellationToken);
            return true;
        }
        catch (ObjectStoreException)
        {
            return !health.IsFailing;
        }
    }
}
