using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Cluster;

/// <summary>Maps members from the contract.</summary>
internal static class ClusterMapping
{
    public static ClusterInfo Map(Wire.GetClusterResponse wire) => new()
    {
        IsCluster = wire.IsCluster,
        Member = WireNames.Id(wire.Member),
        StartingCount = wire.StartingCount,
        AliveCount = wire.AliveCount,
        DrainingCount = wire.DrainingCount,
        DeadCount = wire.DeadCount,
        ServerVersions = [.. wire.ServerVersions],
    };

    public static MemberInfo Map(Wire.Member wire) => new()
    {
        Name = WireNames.Id(wire.Name),
        Epoch = wire.Epoch,
        Role = Enum.IsDefined((MemberRole)wire.Role) ? (MemberRole)wire.Role : MemberRole.Unknown,
        State = Enum.IsDefined((MemberState)wire.State) ? (MemberState)wire.State : MemberState.Unknown,
        Address = wire.Address,
        SiloAddress = wire.SiloAddress,
        ServerVersion = wire.ServerVersion,
        Started = WireTimes.Time(wire.StartTime),
        Heartbeat = WireTimes.Time(wire.HeartbeatTime),
        AppliedChange = wire.AppliedChange,
    };
}
