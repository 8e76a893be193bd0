using System.Net;
using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Hosting;

/// <summary>
/// Checks that <see cref="ServerOptions.Address"/> is an IP address and that no option opens an unencrypted port to the network by mistake.
/// </summary>
internal sealed class ServerAddressRule : IValidateOptions<ServerOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        ValidateOptionsResultBuilder builder = new();
        if (!IPAddress.TryParse(options.Address, out IPAddress? address))
        {
            builder.AddError($"'{options.Address}' is not an IP address", nameof(options.Address));
        }
        else if (!IPAddress.IsLoopback(address) && !options.Tls.IsEnabled && !options.AllowInsecure)
        {
            builder.AddError(
                $"'{options.Address}' is reachable from the network and there is no TLS; set Server:Tls:CertificateFile, or accept "
                + "unencrypted connections with Server:AllowInsecure=true",
                nameof(options.Address));
        }

        if (options.HttpPort is { } http && options.Tls.IsEnabled)
        {
            builder.AddError(
                $"{http} would be an unencrypted port; with TLS, Server:Port ({options.Port}) also serves HTTP/1.1",
                nameof(options.HttpPort));
        }
        else if (options.HttpPort is { } port && port != 0 && port == options.Port)
        {
            builder.AddError($"{port} is also Server:Port; without TLS, HTTP/1.1 and HTTP/2 need two ports", nameof(options.HttpPort));
        }

        return builder.Build();
    }
}
