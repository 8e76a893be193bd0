using Microsoft.Extensions.Logging;
using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.Members;

namespace TopicGrpc.Cluster.Embedding;

/// <summary>Deletes old results.</summary>
internal sealed class ResultSweep(
    ResultStore results, LedgerSource leases, MemberIdentity member, TimeProvider clock, ILogger<ResultSweep> logger)
    : LeasedSweep(leases, member, clock)
{
    /// <inheritdoc/>
    protected override string LeaseName => "sweep of embeddings";

    /// <inheritdoc/>
    protected override TimeSpan Interval => TimeSpan.FromHours(6);

    /// <inheritdoc/>
    protected override Task SweepAsync(CancellationToken cancellationToken) => results.SweepAsync(cancellationToken);

    /// <inheritdoc/>
    protected override void LogFailure(Exception failure) => Log.SweepFailed(logger, failure);
}
