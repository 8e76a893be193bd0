using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Cluster;

/// <summary>
/// Members of the cluster. All methods need a caller with the role <see cref="Keys.KeyRole.Admin"/> and without patterns; otherwise they
/// throw <see cref="Errors.PermissionDeniedException"/>. Thread-safe.
/// </summary>
public class ClusterClient
{
    private static readonly RpcMethod GetMethod = RpcMethod.Of(
        Wire.ClusterService.Descriptor, nameof(Wire.ClusterService.ClusterServiceClient.GetCluster));
    private static readonly RpcMethod ListMethod = RpcMethod.Of(
        Wire.ClusterService.Descriptor, nameof(Wire.ClusterService.ClusterServiceClient.ListMembers));
    private static readonly RpcMethod DrainMethod = RpcMethod.Of(
        Wire.ClusterService.Descriptor, nameof(Wire.ClusterService.ClusterServiceClient.DrainMember));

    private readonly ClientCore _core = null!;
    private readonly Wire.ClusterService.ClusterServiceClient _stub = null!;

    /// <summary>Creates a fake that overrides the members.</summary>
    protected ClusterClient()
    {
    }

    internal ClusterClient(ClientCore core)
    {
        _core = core;
        _stub = new Wire.ClusterService.ClusterServiceClient(core.Invoker);
    }

    /// <summary>Returns how many members there are in each state.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The counts; a server without a cluster is its only member.</returns>
    public virtual async Task<ClusterInfo> GetAsync(CancellationToken cancellationToken = default)
    {
        Wire.GetClusterResponse response = await _core.Calls
            .RunAsync(GetMethod, CallClass.Read, _stub.GetClusterAsync, new Wire.GetClusterRequest(), cancellationToken)
            .ConfigureAwait(false);
        return ClusterMapping.Map(response);
    }

    /// <summary>Lists members by id, those that were declared dead within the last day included.</summary>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>Members.</returns>
    public virtual IAsyncEnumerable<MemberInfo> ListMembersAsync(CancellationToken cancellationToken = default) => Paging.ReadAsync(
        (token, ct) => _core.Calls.RunAsync(
            ListMethod, CallClass.Read, _stub.ListMembersAsync, new Wire.ListMembersRequest { PageToken = token }, ct),
        static page => page.Members.Select(ClusterMapping.Map),
        static page => page.NextPageToken,
        cancellationToken);

    /// <summary>
    /// Takes a member out of service without stopping it, or back into service. Its health reports that it does not serve. It starts no
    /// more jobs, and its running job continues on another member as soon as one can run it; running calls continue.
    /// </summary>
    /// <param name="member">Id of the member.</param>
    /// <param name="undo">Whether the member comes back into service.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The member after the change.</returns>
    /// <exception cref="Errors.ResourceNotFoundException">No live member has the id.</exception>
    public virtual async Task<MemberInfo> DrainAsync(
        string member, bool undo = false, CancellationToken cancellationToken = default)
    {
        Wire.DrainMemberRequest request = new() { Name = WireNames.Member(member), Undo = undo };
        Wire.DrainMemberResponse response = await _core.Calls
            .RunAsync(DrainMethod, CallClass.Admin, _stub.DrainMemberAsync, request, cancellationToken).ConfigureAwait(false);
        return ClusterMapping.Map(response.Member);
    }
}
