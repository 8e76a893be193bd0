using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Cluster.ObjectStore.Opening;

namespace TopicGrpc.Cluster.Documents;

/// <summary>Sweeps the records of documents.</summary>
internal sealed class RecordSweepService(
    RecordSweep sweep,
    LedgerSource leases,
    MemberIdentity member,
    IOptions<ObjectStoreOptions> options,
    TimeProvider clock,
    ILogger<RecordSweepService> logger) : LeasedSweep(leases, member, clock)
{
    /// <inheritdoc/>
    protected override string LeaseName => "sweep of documents";

    /// <inheritdoc/>
    protected override TimeSpan Interval => options.Value.SweepInterval;

    /// <inheritdoc/>
    protected override async Task SweepAsync(CancellationToken cancellationToken) =>
        Log.Swept(logger, await sweep.RunAsync(cancellationToken));

    /// <inheritdoc/>
    protected override void LogFailure(Exception failure) => Log.SweepFailed(logger, failure);
}
