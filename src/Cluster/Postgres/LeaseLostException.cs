using System.Diagnostics.CodeAnalysis;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>A transaction was rejected because another server has acquired the lease.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "It always names the lease.")]
internal sealed class LeaseLostException(ServerLease lease)
    : InvalidOperationException(FormattableString.Invariant(
        $"Another server has acquired the database after epoch {lease.Epoch} of '{lease.Owner}'"));
