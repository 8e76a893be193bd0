using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Cluster.Jobs;

/// <summary>Calls <see cref="SharedFitStore.PulseAsync"/> regularly. A database that is away for a while ends no run.</summary>
internal sealed class JobPulse(SharedFitStore fits, TimeProvider clock, ILogger<JobPulse> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    [SuppressMessage(
        "Design", "CA1031:Do not catch general exception types", Justification = "A defect of one pulse must not end the server.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await fits.PulseAsync(stoppingToken);
                }
                catch (ServiceException failure) when (StorageErrors.IsStorageFailure(failure))
                {
                    // The database has logged it.
                }
                catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
                {
                    Log.PulseFailed(logger, failure);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }
}
