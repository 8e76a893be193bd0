using Grpc.Core;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Members;
using TopicGrpc.Shared;
using TopicGrpc.V1;
using Member = TopicGrpc.Server.Members.Member;

namespace TopicGrpc.Server.Rpc;

/// <summary>The contract's <c>ClusterService</c>.</summary>
internal sealed class ClusterRpc(IMembers members) : ClusterService.ClusterServiceBase
{
    /// <inheritdoc/>
    public override async Task<GetClusterResponse> GetCluster(GetClusterRequest request, ServerCallContext context)
    {
        IReadOnlyList<Member> all = await members.ReadAsync(context.CancellationToken);
        return new GetClusterResponse
        {
            IsCluster = members.IsCluster,
            Member = ResourceNames.Member(members.Own.Id),
            StartingCount = Count(MemberState.Starting),
            AliveCount = Count(MemberState.Alive),
            DrainingCount = Count(MemberState.Draining),
            DeadCount = Count(MemberState.Dead),
            ServerVersions =
            {
                all.Where(static member => member.IsLive).Select(static member => member.Release).Distinct().Order(StringComparer.Ordinal),
            },
        };

        int Count(MemberState state) => all.Count(member => member.State == state);
    }

    /// <inheritdoc/>
    public override async Task<ListMembersResponse> ListMembers(ListMembersRequest request, ServerCallContext context)
    {
        int size = Paging.Size(request.PageSize);
        string after = Paging.Key(request.PageToken);
        Member[] page =
        [
            .. (await members.ReadAsync(context.CancellationToken))
                .Where(member => string.CompareOrdinal(member.Id, after) > 0)
                .Take(size + 1),
        ];
        return new ListMembersResponse
        {
            Members = { page.Take(size).Select(ClusterMapping.ToProto) },
            NextPageToken = page.Length > size ? Paging.Token(page[size - 1].Id) : string.Empty,
        };
    }

    /// <inheritdoc/>
    public override async Task<DrainMemberResponse> DrainMember(DrainMemberRequest request, ServerCallContext context)
    {
        string id = ResourceNames.TryParse(request.Name, ResourceNames.MemberPrefix, out string parsed)
            ? parsed
            : throw Fault.InvalidField("name", $"must be '{ResourceNames.MemberPrefix}' and an id");
        return new DrainMemberResponse
        {
            Member = ClusterMapping.ToProto(await members.SetDrainingAsync(id, !request.Undo, context.CancellationToken)),
        };
    }
}
