using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.Members;

namespace TopicGrpc.Cluster.Embedding;

/// <summary>
/// Deletes old results at intervals, on one member at a time. A member that was paused may sweep beside another one, which is harmless.
/// </summary>
internal sealed class ResultSweep(
    ResultStore results, LedgerSource leases, MemberIdentity member, TimeProvider clock, ILogger<ResultSweep> logger) : BackgroundService
{
    private const string LeaseName = "sweep of embeddings";

    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

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

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await Task.Run(() => leases.TryAcquireLease(LeaseName, member.Id, Interval * 2), cancellationToken))
            {
                await results.SweepAsync(cancellationToken);
            }
        }
        catch (Exception failure) when (failure is DbException or IOException or TimeoutException)
        {
            Log.SweepFailed(logger, failure);
        }
    }
}
