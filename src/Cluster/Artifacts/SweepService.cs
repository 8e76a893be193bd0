using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Cluster.ObjectStore.Opening;

namespace TopicGrpc.Cluster.Artifacts;

/// <summary>Sweeps the objects of artifacts.</summary>
internal sealed class SweepService(
    ArtifactSweep sweep,
    LedgerSource ledger,
    MemberIdentity member,
    IOptions<ObjectStoreOptions> options,
    TimeProvider clock,
    ILogger<SweepService> logger) : LeasedSweep(ledger, member, clock)
{
    /// <inheritdoc/>
    protected override string LeaseName => "sweep of objects";

    /// <inheritdoc/>
    protected override TimeSpan Interval => options.Value.SweepInterval;

    /// <inheritdoc/>
    protected override async Task SweepAsync(CancellationToken cancellationToken)
    {
        SweepResult result = await sweep.RunAsync(cancellationToken);
        Log.Swept(logger, result.Deleted, result.Strays, result.Uploads, result.Abandoned);
    }

    /// <inheritdoc/>
    protected override void LogFailure(Exception failure) => Log.SweepFailed(logger, failure);
}
