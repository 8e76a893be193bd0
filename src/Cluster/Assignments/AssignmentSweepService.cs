using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Cluster.ObjectStore.Opening;

namespace TopicGrpc.Cluster.Assignments;

/// <summary>Sweeps the blocks of assignments.</summary>
internal sealed class AssignmentSweepService(
    AssignmentSweep sweep,
    LedgerSource leases,
    MemberIdentity member,
    IOptions<ObjectStoreOptions> options,
    TimeProvider clock,
    ILogger<AssignmentSweepService> logger) : LeasedSweep(leases, member, clock)
{
    /// <inheritdoc/>
    protected override string LeaseName => "sweep of assignments";

    /// <inheritdoc/>
    protected override TimeSpan Interval => options.Value.SweepInterval;

    /// <inheritdoc/>
    protected override async Task SweepAsync(CancellationToken cancellationToken) =>
        Log.Swept(logger, await sweep.RunAsync(AssignmentKeys.Prefix, cancellationToken));

    /// <inheritdoc/>
    protected override void LogFailure(Exception failure) => Log.SweepFailed(logger, failure);
}
