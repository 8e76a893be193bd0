using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Hosting;

/// <summary>Warns at every start that <see cref="ServerOptions.AllowInsecure"/> is set.</summary>
internal sealed partial class InsecureStart(IOptions<ServerOptions> options, ILogger<InsecureStart> logger) : IHostedService
{
    /// <summary>The warning.</summary>
    public const string Message =
        "Server:AllowInsecure is true: the server accepts connections without TLS and calls without authentication from the network.";

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.AllowInsecure)
        {
            Warn(logger);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(7010, LogLevel.Warning, Message)]
    private static partial void Warn(ILogger logger);
}
