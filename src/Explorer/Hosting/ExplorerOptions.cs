using TopicGrpc.Client.Configuration;

namespace TopicGrpc.Explorer.Hosting;

/// <summary>What a host of the page decides.</summary>
public sealed record ExplorerOptions
{
    /// <summary>Path below which the page is served.</summary>
    public const string Path = "/explorer";

    /// <summary>Returns new options of a client of the server that the page shows, without credentials. Thread-safe.</summary>
    public required Func<TopicGrpcClientOptions> Server { get; init; }

    /// <summary>
    /// Whether requests must name this machine as the host (<c>localhost</c> or a loopback address). On a loopback port it stops pages of
    /// other sites that let their name point at this machine.
    /// </summary>
    public bool RequiresLocalHost { get; init; }

    /// <summary>Sign-in at an OpenID Connect provider; valid by <see cref="OidcRules"/>. Default: none.</summary>
    public OidcOptions Oidc { get; init; } = new();
}
