using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Members;

/// <summary>The members of the cluster. A server without a cluster is its only member. Thread-safe.</summary>
internal interface IMembers
{
    /// <summary>Whether other servers may share the data.</summary>
    bool IsCluster { get; }

    /// <summary>
    /// This member. The id and the epoch never change while the process runs: a process that loses its lease stops. Whether it drains is
    /// at most one heartbeat old.
    /// </summary>
    Member Own { get; }

    /// <summary>
    /// All members including this one and dead ones, ordered by id; while the database works, at most one heartbeat old for each 64
    /// members. Times of heartbeats and applied changes are older: <see cref="ReadAsync"/> returns the current ones.
    /// </summary>
    IReadOnlyList<Member> Known { get; }

    /// <summary>Reads the members from the database.</summary>
    /// <exception cref="ServiceException">The database fails.</exception>
    Task<IReadOnlyList<Member>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Sets whether a member takes no new work. A member that starts again takes work.</summary>
    /// <returns>The member after the change.</returns>
    /// <exception cref="ServiceException">No live member has the id, or the database fails.</exception>
    Task<Member> SetDrainingAsync(string id, bool isDraining, CancellationToken cancellationToken);

    /// <summary>Publishes the addresses of this member, once it listens.</summary>
    /// <exception cref="ServiceException">The database fails.</exception>
    Task SetAddressAsync(string address, CancellationToken cancellationToken);
}
