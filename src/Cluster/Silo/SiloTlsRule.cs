using Microsoft.Extensions.Options;
using TopicGrpc.Server.Tls;

namespace TopicGrpc.Cluster.Silo;

/// <summary>Checks that members authenticate each other. Only a member checks it: any other server has no silo.</summary>
internal sealed class SiloTlsRule : IValidateOptions<SiloOptions>
{
    private const string Section = SiloOptions.SectionName + ":";
    private const string Certificate = Section + nameof(SiloOptions.Tls) + ":" + nameof(TlsOptions.CertificateFile);
    private const string Authorities = Section + nameof(SiloOptions.Tls) + ":" + nameof(TlsOptions.ClientCaFile);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SiloOptions options)
    {
        ValidateOptionsResultBuilder builder = new();
        if (options.Tls.IsEnabled && string.IsNullOrEmpty(options.Tls.ClientCaFile))
        {
            builder.AddError("is required: a PEM file with the authorities that issue the certificates of all members", Authorities);
        }

        if (!options.Tls.IsEnabled && !options.AllowInsecure)
        {
            builder.AddError(
                "is required: members authenticate each other. On one machine, AllowInsecure permits a silo on a loopback address without "
                + "TLS",
                Certificate);
        }

        return builder.Build();
    }
}
