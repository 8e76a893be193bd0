using Microsoft.Extensions.Options;
using TopicGrpc.Explorer.Hosting;
using TopicGrpc.Server.Authentication;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Tls;

namespace TopicGrpc.Server.WebPage;

/// <summary>Checks that the page can be served if it is asked for, and that its visitors can sign in.</summary>
internal sealed class PageOptionsValidator(IOptions<ServerOptions> server, IOptions<AuthenticationOptions> authentication)
    : IValidateOptions<PageOptions>
{
    private const string Oidc = PageOptions.SectionName + ":" + nameof(PageOptions.Oidc) + ":";
    private const string Enabled = PageOptions.SectionName + ":" + nameof(PageOptions.Enabled);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PageOptions options)
    {
        ValidateOptionsResultBuilder builder = new();
        if (options.Enabled == true && !server.Value.Tls.IsEnabled && server.Value.HttpPort is null)
        {
            builder.AddError("needs a port for HTTP/1.1: set Server:HttpPort or Server:Tls:CertificateFile", Enabled);
        }

        if (options.Enabled == true && server.Value.Tls.ClientCertificates == ClientCertificates.Require)
        {
            builder.AddError(
                "needs Server:Tls:ClientCertificates None or Allow, because the page has no client certificate for its own calls", Enabled);
        }

        foreach ((string option, string problem) in OidcRules.Check(options.Oidc))
        {
            builder.AddError(problem, Oidc + option);
        }

        if (!string.IsNullOrEmpty(options.Oidc.Authority) && !authentication.Value.Jwt.IsEnabled)
        {
            builder.AddError(
                "needs Authentication:Jwt, because the server must accept the tokens of the provider",
                Oidc + nameof(OidcOptions.Authority));
        }

        return builder.Build();
    }
}
