using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.ObjectStore.Opening;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Cluster.Documents;

/// <summary>Sweeps the records at intervals, on one member at a time. Two sweeps at once are harmless; the lease saves calls.</summary>
internal sealed class RecordSweepService(
    RecordSweep sweep,
    LedgerSource leases,
    MemberIdentity member,
    IOptions<ObjectStoreOptions> options,
    TimeProvider clock,
    ILogger<RecordSweepService> logger) : BackgroundService
{
    private const string LeaseName = "sweep of documents";
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
            if (await Task.Run(() => leases.TryAcquireLease(LeaseName, member.Id, timeout), cancellationToken))
            {
                Log.Swept(logger, await sweep.RunAsync(cancellationToken));
            }
        }
        catch (Exception failure)
            when (failure is ObjectStoreException or ServiceException or DbException or IOException or TimeoutException)
        {
            Log.SweepFailed(logger, failure);
        }
    }
}
