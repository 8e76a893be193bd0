using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>The members of a cluster, in the table <c>members</c>.</summary>
internal sealed class PostgresMembers(
    MetadataDatabase database, IOptions<MemberOptions> options, ILogger<PostgresMembers> logger) : IMembers
{
    private readonly MemberHeartbeat _heartbeat = ((PostgresDatabase)database).Member
        ?? throw new InvalidOperationException("The database was opened by a server that is no member.");

    /// <inheritdoc/>
    public bool IsCluster => true;

    /// <inheritdoc/>
    public Member Own => _heartbeat.List.Own;

    /// <inheritdoc/>
    public IReadOnlyList<Member> Known => _heartbeat.List.All;

    /// <inheritdoc/>
    public Task<IReadOnlyList<Member>> ReadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(connection => _heartbeat.Refresh(connection).All, cancellationToken);

    /// <inheritdoc/>
    public async Task<Member> SetDrainingAsync(string id, bool isDraining, CancellationToken cancellationToken)
    {
        if (!await database.WriteAsync(connection => MemberTable.SetDraining(connection, id, isDraining), cancellationToken))
        {
            throw Fault.MemberNotFound(id);
        }

        Log.DrainingSet(logger, id, isDraining);
        return (await ReadAsync(cancellationToken)).FirstOrDefault(member => member.Id == id) ?? throw Fault.MemberNotFound(id);
    }

    /// <summary>Publishes the address of the silo of this member.</summary>
    /// <exception cref="ServiceException">The database fails.</exception>
    public async Task SetSiloAddressAsync(string address, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            connection => MemberTable.SetSiloAddress(connection, Own.Id, Own.Epoch, address), cancellationToken);
        await ReadAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task SetAddressAsync(string address, CancellationToken cancellationToken)
    {
        string published = options.Value.Address?.GetLeftPart(UriPartial.Authority) ?? address;
        await database.WriteAsync(
            connection => MemberTable.SetAddress(connection, Own.Id, Own.Epoch, published), cancellationToken);
        await ReadAsync(cancellationToken);
        Log.MemberStarted(logger, Own.Id, Own.Epoch, published);
    }
}
