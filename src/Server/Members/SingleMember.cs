using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Members;

/// <summary>The only member: a server without a cluster.</summary>
internal sealed class SingleMember(TimeProvider clock) : IMembers
{
    private Member _own = new(MemberIds.OfMachine(), Epoch: 1)
    {
        Release = ServerBuild.Version,
        Started = clock.GetUtcNow(),
        Heartbeat = clock.GetUtcNow(),
        State = MemberState.Starting,
    };

    /// <inheritdoc/>
    public bool IsCluster => false;

    /// <inheritdoc/>
    public Member Own => Volatile.Read(ref _own) with { Heartbeat = clock.GetUtcNow() };

    /// <inheritdoc/>
    public IReadOnlyList<Member> Known => [Own];

    /// <inheritdoc/>
    public Task<IReadOnlyList<Member>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Known);

    /// <inheritdoc/>
    public Task<Member> SetDrainingAsync(string id, bool isDraining, CancellationToken cancellationToken)
    {
        if (id != _own.Id)
        {
            throw Fault.MemberNotFound(id);
        }

        Change(own => own with { State = isDraining ? MemberState.Draining : MemberState.Alive });
        return Task.FromResult(Own);
    }

    /// <inheritdoc/>
    public Task SetAddressAsync(string address, CancellationToken cancellationToken)
    {
        Change(own => own with
        {
            Address = address,
            State = own.State == MemberState.Starting ? MemberState.Alive : own.State,
        });
        return Task.CompletedTask;
    }

    private void Change(Func<Member, Member> change)
    {
        Member old = Volatile.Read(ref _own);
        for (Member seen; (seen = Interlocked.CompareExchange(ref _own, change(old), old)) != old; old = seen)
        {
        }
    }
}
