using TopicGrpc.V1;

namespace TopicGrpc.Server.Access;

/// <summary>
/// Metadata of a route that is no method of the contract: what its callers need. A route without it needs the role reader.
/// </summary>
/// <param name="Role">The least role; unspecified: no caller is needed.</param>
internal sealed record RouteAccess(Role Role)
{
    /// <summary>For probes: load balancers have no credentials.</summary>
    public static RouteAccess Open { get; } = new(Role.Unspecified);

    /// <summary>Whether calls change nothing, so that the audit log has only the rejected ones.</summary>
    public bool OnlyReads { get; init; }

    /// <summary>Parameter of the route with the id of a corpus; null: none.</summary>
    public string? CorpusParameter { get; init; }
}
