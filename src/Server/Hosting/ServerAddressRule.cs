using System.Net;
using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Hosting;

/// <summary>Checks that <see cref="ServerOptions.Address"/> is an IP address.</summary>
internal sealed class ServerAddressRule : IValidateOptions<ServerOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        ValidateOptionsResultBuilder builder = new();
        if (!IPAddress.TryParse(options.Address, out _))
        {
            builder.AddError($"'{options.Address}' is not an IP address", nameof(options.Address));
        }

        return builder.Build();
    }
}
