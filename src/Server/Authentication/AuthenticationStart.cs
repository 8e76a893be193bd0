using System.Net;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Authentication;

/// <summary>Stops the start of a server that would be open to the network, or that no caller could use.</summary>
internal sealed class AuthenticationStart(
    Authenticator authenticator,
    IOptions<ServerOptions> server,
    IOptions<AuthenticationOptions> options,
    ILogger<AuthenticationStart> logger) : IHostedService
{
    private const string Create = "create an admin key (topicgrpc keys create --data DIR --name NAME --role admin)";

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ServerOptions given = server.Value;
        bool isOpen = !IPAddress.IsLoopback(IPAddress.Parse(given.Address)) && !authenticator.IsRequired;
        if (isOpen && !given.AllowInsecure)
        {
            throw new StartupException(
                $"Server:Address '{given.Address}' is reachable from the network and there is no authentication: {Create}, configure "
                + "Authentication:Jwt or Authentication:Certificates, or accept every caller with Server:AllowInsecure=true.");
        }

        if (authenticator.IsRequired && !authenticator.IsPossible)
        {
            if (options.Value.Enabled == true)
            {
                throw new StartupException($"Authentication:Enabled is true, but no admin key can be used: {Create}.");
            }

            Log.NoAdmin(logger);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
