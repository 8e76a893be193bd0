using System.Net;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Corpora;

namespace TopicGrpc.Server;

/// <summary>Rules that span several options.</summary>
internal sealed class ServerOptionsRules(IOptions<IngestOptions> ingest) : IValidateOptions<ServerOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        ValidateOptionsResultBuilder builder = new();
        if (!IPAddress.TryParse(options.Address, out _))
        {
            builder.AddError($"'{options.Address}' is not an IP address", nameof(options.Address));
        }

        if (options.MaxMessageBytes < ingest.Value.MaxChunkBytes)
        {
            builder.AddError($"must be at least Ingest:MaxChunkBytes ({ingest.Value.MaxChunkBytes})", nameof(options.MaxMessageBytes));
        }

        return builder.Build();
    }
}
