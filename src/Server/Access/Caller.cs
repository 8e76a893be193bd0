using Microsoft.AspNetCore.Http.Features;

namespace TopicGrpc.Server.Access;

/// <summary>An authenticated caller.</summary>
/// <param name="Id">Identity for quotas and the audit log, for example <c>keys/k7mh2p</c>; the same for all calls of one caller.</param>
/// <param name="Grant">What the caller may do.</param>
/// <param name="Quota">Limits of the caller.</param>
internal sealed record Caller(string Id, Grant Grant, Quota Quota)
{
    /// <summary>The caller of a server without authentication.</summary>
    public static Caller Anonymous { get; } = new("anonymous", Grant.Everything, Quota.None);

    /// <summary>The caller of a request without valid credentials. It may do nothing.</summary>
    public static Caller Nobody { get; } =
        new("unknown", new Grant(V1.Role.Unspecified, new NamePatterns([]), new NamePatterns([])), Quota.None);

    /// <summary>Time at which the credentials end; null: never.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Reports whether the credentials were revoked after authentication; null: they cannot be.</summary>
    public Func<bool>? IsRevoked { get; init; }

    /// <summary>Returns whether the credentials are still good, for streams that stay open.</summary>
    public bool IsValidAt(DateTimeOffset now) => !(ValidUntil <= now) && IsRevoked?.Invoke() != true;

    /// <summary>Returns the caller of a request.</summary>
    public static Caller Of(HttpContext context) => context.Features.GetRequiredFeature<CallerFeature>().Caller;
}
