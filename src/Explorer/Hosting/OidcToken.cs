namespace TopicGrpc.Explorer.Hosting;

/// <summary>Which token of the identity provider is the credential of a visitor.</summary>
public enum OidcToken
{
    /// <summary>The access token. Its audience must be that of <c>Authentication:Jwt:Audience</c>.</summary>
    Access,

    /// <summary>The ID token. Its audience is the client id of the page.</summary>
    Id,
}
