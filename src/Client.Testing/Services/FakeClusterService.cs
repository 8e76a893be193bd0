using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Shared;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>The fake as the only member of its cluster. Draining changes its state and nothing else.</summary>
internal sealed class FakeClusterService(TimeProvider time) : Wire.ClusterService.ClusterServiceBase
{
    private const string Name = "members/fake";

    private readonly DateTimeOffset _started = time.GetUtcNow();
    private volatile bool _isDraining;

    public override Task<Wire.GetClusterResponse> GetCluster(Wire.GetClusterRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.GetClusterResponse
        {
            Member = Name,
            AliveCount = _isDraining ? 0 : 1,
            DrainingCount = _isDraining ? 1 : 0,
            ServerVersions = { Own().ServerVersion },
        });

    public override Task<Wire.ListMembersResponse> ListMembers(Wire.ListMembersRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.ListMembersResponse { Members = { Own() } });

    public override Task<Wire.DrainMemberResponse> DrainMember(Wire.DrainMemberRequest request, ServerCallContext context)
    {
        if (request.Name != Name)
        {
            throw StatusToWire.Exception(
                TopicGrpcStatus.NotFound, ErrorReasons.MemberNotFound, $"The fake has no member '{request.Name}'; it is '{Name}'.");
        }

        _isDraining = !request.Undo;
        return Task.FromResult(new Wire.DrainMemberResponse { Member = Own() });
    }

    private Wire.Member Own() => new()
    {
        Name = Name,
        Epoch = 1,
        Role = Wire.Member.Types.Role.All,
        State = _isDraining ? Wire.Member.Types.State.Draining : Wire.Member.Types.State.Alive,
        ServerVersion = "fake",
        StartTime = Timestamp.FromDateTimeOffset(_started),
        HeartbeatTime = Timestamp.FromDateTimeOffset(time.GetUtcNow()),
    };
}
