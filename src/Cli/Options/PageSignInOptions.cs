using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Explorer.Hosting;

namespace TopicGrpc.Cli.Options;

/// <summary>Sign-in of the visitors of the web page at an OpenID Connect provider.</summary>
internal sealed class PageSignInOptions
{
    private readonly Option<string?> _authority = new("--oidc-authority")
    {
        Description = "URL of an OpenID Connect provider at which visitors can sign in. Default: visitors sign in with a key or a token.",
    };

    private readonly Option<string?> _clientId = new("--oidc-client-id")
    {
        Description = "Id of the page as a client of the provider. Default: none; required with --oidc-authority.",
    };

    private readonly Option<string?> _secret = new("--oidc-client-secret-file")
    {
        Description = "File with the secret of the client. Default: none, a public client.",
    };

    private readonly Option<string[]> _scopes = new("--oidc-scope")
    {
        Description = "Scope to request; repeatable, and 'openid' must be among them. Default: openid, offline_access.",
    };

    private readonly Option<OidcToken> _token = new("--oidc-token")
    {
        Description = "Token that the page sends to the server: access or id. Default: access.",
    };

    private readonly Option<bool> _allowHttp = new("--oidc-allow-http")
    {
        Description = "Reach the provider without TLS, for tests. Default: false.",
    };

    public void AddTo(Command command)
    {
        command.Add(_authority);
        command.Add(_clientId);
        command.Add(_secret);
        command.Add(_scopes);
        command.Add(_token);
        command.Add(_allowHttp);
    }

    /// <summary>Returns the options of the sign-in.</summary>
    /// <exception cref="CliException">The options do not belong together.</exception>
    public OidcOptions Read(ParseResult parsed)
    {
        OidcOptions options = new()
        {
            Authority = parsed.GetValue(_authority),
            ClientId = parsed.GetValue(_clientId),
            ClientSecretFile = parsed.GetValue(_secret),
            Token = parsed.GetValue(_token),
            AllowHttp = parsed.GetValue(_allowHttp),
        };
        foreach (string scope in parsed.GetValue(_scopes) ?? [])
        {
            options.Scopes.Add(scope);
        }

        foreach ((string option, string problem) in OidcRules.Check(options))
        {
            throw new CliException($"{NameOf(option)}: {problem}", ExitCodes.BadInput);
        }

        return options;
    }

    private static string NameOf(string option) => option switch
    {
        nameof(OidcOptions.Authority) => "--oidc-authority",
        nameof(OidcOptions.ClientId) => "--oidc-client-id",
        nameof(OidcOptions.ClientSecretFile) => "--oidc-client-secret-file",
        nameof(OidcOptions.Scopes) => "--oidc-scope",
        _ => "--oidc-token",
    };
}
