using TopicGrpc.Explorer.Hosting;

namespace TopicGrpc.Server.WebPage;

/// <summary>Options of the web page; section <c>Explorer</c>.</summary>
public sealed class PageOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Explorer";

    /// <summary>
    /// Whether the server serves the page below <c>/explorer</c> on its port for HTTP/1.1. Null, the default: if it listens on a loopback
    /// address and needs no client certificates.
    /// </summary>
    public bool? Enabled { get; set; }

    /// <summary>Sign-in at an OpenID Connect provider; section <c>Explorer:Oidc</c>. Default: none.</summary>
    public OidcOptions Oidc { get; set; } = new();
}
