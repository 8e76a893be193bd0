namespace TopicGrpc.Explorer.Hosting;

/// <summary>Sign-in at an OpenID Connect provider (authorization code with PKCE). Off unless <see cref="Authority"/> is set.</summary>
public sealed class OidcOptions
{
    /// <summary>URL of the provider, whose discovery document names its endpoints and keys. Null, the default: no such sign-in.</summary>
    public string? Authority { get; set; }

    /// <summary>Whether the authority may be reached without TLS, for tests. Default false.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Id of the page as a client of the provider. Required with <see cref="Authority"/>.</summary>
    public string? ClientId { get; set; }

    /// <summary>File with the secret of the client, read at the start. Null, the default: a public client.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>
    /// Requested scopes, among them <c>openid</c>. Empty, the default: <c>openid</c> and <c>offline_access</c>. Most providers issue a
    /// refresh token for <c>offline_access</c> only, and the access token of a scope that names the server.
    /// </summary>
    public IList<string> Scopes { get; } = [];

    /// <summary>Which token the page sends to the server. Default: the access token.</summary>
    public OidcToken Token { get; set; }

    /// <summary>Name of the provider on the sign-in page, 1 to 100 characters. Default "the identity provider".</summary>
    public string Name { get; set; } = "the identity provider";

    /// <summary>
    /// Address of the page as browsers see it, if a proxy is in front: <c>https://topics.example.org/explorer/</c>. Null, the default: the
    /// address of the request.
    /// </summary>
    public string? PageAddress { get; set; }

    /// <summary>Whether visitors can sign in at a provider.</summary>
    internal bool IsEnabled => !string.IsNullOrEmpty(Authority);

    /// <summary>The requested scopes. Configuration adds to a list, so the default cannot be in <see cref="Scopes"/>.</summary>
    internal IEnumerable<string> RequestedScopes => Scopes.Count > 0 ? Scopes : ["openid", "offline_access"];
}
