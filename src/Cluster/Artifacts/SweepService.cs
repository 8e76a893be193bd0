using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.ObjectStore.Opening;

namespace TopicGrpc.Cluster.Artifacts;

/// <summary>
/// Sweeps at intervals, on one member at a time. A member that was paused may sweep beside another one, which is harmless; the lease only
/// saves calls of the store.
/// </summary>
internal sealed class SweepService(
    ArtifactSweep sweep,
    LedgerSource ledger,
    MemberIdentity member,
    IOptions<ObjectStoreOptions> options,
    TimeProvider clock,
    ILogger<SweepService> logger) : BackgroundService
{
    private const string LeaseName = "sweep of objects";
    private const int IntervalsOfALease = 2;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TimeSpan interval = options.Value.SweepInterval;
        using PeriodicTimer timer = new(interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RunAsync(interval * IntervalsOfALease, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; the next sweep continues.
        }
    }

    private async Task RunAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            if (await Task.Run(() => ledger.TryAcquireLease(LeaseName, member.Id, timeout), cancellationToken))
            {
                SweepResult result = await sweep.RunAsync(cancellationToken);
                Log.Swept(logger, result.Deleted, result.Strays, result.Uploads, result.Abandoned);
            }
        }
        catch (Exception failure) when (failure is ObjectStoreException or DbException or IOException or TimeoutException)
        {
            Log.SweepFailed(logger, failure);
        }
    }
}
