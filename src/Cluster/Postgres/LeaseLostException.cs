using System.Diagnostics.CodeAnalysis;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>A transaction was rejected because another server has acquired the lease, or has declared this server dead.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "It always names the lease.")]
internal sealed class LeaseLostException(ServerLease lease)
    : InvalidOperationException(FormattableString.Invariant(
        $"The lease '{lease.Name}' with epoch {lease.Epoch} of '{lease.Owner}' is lost; the server stops"));
