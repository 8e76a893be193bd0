using System.Diagnostics.CodeAnalysis;

namespace TopicGrpc.Server.Storage;

/// <summary>Watches the free space: reports when it runs out and when it is enough again, and refills the reserve.</summary>
internal sealed class StorageMonitor(DiskSpace space, TimeProvider clock, ILogger<StorageMonitor> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A failed check must not stop the server.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bool wasShort = false;
        using PeriodicTimer timer = new(Interval, clock);
        while (await WaitAsync(timer, stoppingToken))
        {
            try
            {
                space.Measure();
                space.Refill();
                bool isShort = space.IsShort;
                if (isShort && !wasShort)
                {
                    Log.SpaceShort(logger, space.FloorBytes);
                }
                else if (wasShort && !isShort)
                {
                    Log.SpaceEnough(logger);
                }

                wasShort = isShort;
            }
            catch (Exception exception)
            {
                Log.SpaceUnknown(logger, exception);
            }
        }
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
