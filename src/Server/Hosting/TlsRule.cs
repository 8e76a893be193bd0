using Microsoft.Extensions.Options;
using TopicGrpc.Server.Tls;

namespace TopicGrpc.Server.Hosting;

/// <summary>Checks that the options in <see cref="ServerOptions.Tls"/> belong together.</summary>
internal sealed class TlsRule : IValidateOptions<ServerOptions>
{
    private const string Prefix = "Server:Tls:";

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        TlsOptions tls = options.Tls;
        ValidateOptionsResultBuilder builder = new();
        bool checksClients = tls.ClientCertificates != ClientCertificates.None;
        if (!tls.IsEnabled && (tls.KeyFile ?? tls.PasswordFile ?? tls.ClientCaFile) is { Length: > 0 } file)
        {
            builder.AddError($"is not set, but '{file}' is given", Prefix + nameof(tls.CertificateFile));
        }

        if (!tls.IsEnabled && checksClients)
        {
            builder.AddError("is not set; client certificates need TLS", Prefix + nameof(tls.CertificateFile));
        }

        if (checksClients && string.IsNullOrEmpty(tls.ClientCaFile))
        {
            builder.AddError(
                $"is required, because ClientCertificates is {tls.ClientCertificates}",
                Prefix + nameof(tls.ClientCaFile));
        }
        else if (!checksClients && !string.IsNullOrEmpty(tls.ClientCaFile))
        {
            builder.AddError(
                "is given, but ClientCertificates is None; set it to Allow or Require",
                Prefix + nameof(tls.ClientCertificates));
        }

        return builder.Build();
    }
}
