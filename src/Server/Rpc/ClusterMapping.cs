using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Server.Members;
using TopicGrpc.Shared;
using Member = TopicGrpc.Server.Members.Member;

namespace TopicGrpc.Server.Rpc;

/// <summary>Maps members to the contract.</summary>
internal static class ClusterMapping
{
    public static V1.Member ToProto(Member member) => new()
    {
        Name = ResourceNames.Member(member.Id),
        Epoch = member.Epoch,
        Role = member.Role switch
        {
            MemberRole.Serve => V1.Member.Types.Role.Serve,
            MemberRole.Embed => V1.Member.Types.Role.Embed,
            _ => V1.Member.Types.Role.All,
        },
        State = member.State switch
        {
            MemberState.Starting => V1.Member.Types.State.Starting,
            MemberState.Draining => V1.Member.Types.State.Draining,
            MemberState.Dead => V1.Member.Types.State.Dead,
            _ => V1.Member.Types.State.Alive,
        },
        Address = member.Address,
        SiloAddress = member.SiloAddress,
        ServerVersion = member.Release,
        StartTime = Timestamp.FromDateTimeOffset(member.Started),
        HeartbeatTime = Timestamp.FromDateTimeOffset(member.Heartbeat),
        AppliedChange = member.Applied,
    };
}
