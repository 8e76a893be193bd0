using Microsoft.Extensions.Options;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Receiving;

/// <summary>Checks that the bytes of all messages together allow at least two of the largest message.</summary>
internal sealed class ReceivedBytesRule(IOptions<ServerOptions> server) : IValidateOptions<ReceivingOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ReceivingOptions options)
    {
        ValidateOptionsResultBuilder builder = new();
        if (options.MaxBytes < 2L * server.Value.MaxMessageBytes)
        {
            builder.AddError($"must be at least twice Server:MaxMessageBytes ({server.Value.MaxMessageBytes})", nameof(options.MaxBytes));
        }

        return builder.Build();
    }
}
