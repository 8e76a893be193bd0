using System.Data.Common;
using Microsoft.Extensions.Hosting;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Cluster.Artifacts;

/// <summary>
/// A sweep of the object store at intervals, on one member at a time. A member that was paused may sweep beside another one, which must be
/// harmless; the lease only saves calls of the store.
/// </summary>
internal abstract class LeasedSweep(LedgerSource leases, MemberIdentity member, TimeProvider clock) : BackgroundService
{
    private const int IntervalsOfALease = 2;

    /// <summary>Name of the lease.</summary>
    protected abstract string LeaseName { get; }

    /// <summary>Time between two sweeps.</summary>
    protected abstract TimeSpan Interval { get; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RunAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; the next sweep continues.
        }
    }

    /// <summary>Sweeps once.</summary>
    protected abstract Task SweepAsync(CancellationToken cancellationToken);

    /// <summary>Logs that a sweep failed.</summary>
    protected abstract void LogFailure(Exception failure);

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await Task.Run(() => leases.TryAcquireLease(LeaseName, member.Id, Interval * IntervalsOfALease), cancellationToken))
            {
                await SweepAsync(cancellationToken);
            }
        }
        catch (Exception failure) when (failure is ServiceException or DbException or IOException or TimeoutException)
        {
            LogFailure(failure);
        }
    }
}
