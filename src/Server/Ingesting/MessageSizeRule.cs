using Microsoft.Extensions.Options;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Ingesting;

/// <summary>Checks that a message of the largest accepted size can carry the largest chunk.</summary>
internal sealed class MessageSizeRule(IOptions<IngestOptions> ingest) : IValidateOptions<ServerOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        ValidateOptionsResultBuilder builder = new();
        if (options.MaxMessageBytes < ingest.Value.MaxChunkBytes)
        {
            builder.AddError($"must be at least Ingest:MaxChunkBytes ({ingest.Value.MaxChunkBytes})", nameof(options.MaxMessageBytes));
        }

        return builder.Build();
    }
}
