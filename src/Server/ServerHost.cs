using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace TopicGrpc.Server;

/// <summary>A server that runs inside this process until it is disposed.</summary>
public sealed class ServerHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ServerHost(WebApplication application, Uri address)
    {
        _application = application;
        Address = address;
    }

    /// <summary>Where it listens, with the port that was bound: <c>http://127.0.0.1:40123</c>.</summary>
    public Uri Address { get; }

    /// <summary>Services of the host, for its tests.</summary>
    internal IServiceProvider Services => _application.Services;

    /// <summary>Starts a server and returns when it answers calls.</summary>
    /// <param name="settings">What differs from the default options.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <returns>The running server.</returns>
    /// <exception cref="ServerStartException">An option is wrong, the encoder is missing, the port or the data folder is in use.</exception>
    public static async Task<ServerHost> StartAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        WebApplication? application = null;
        try
        {
            application = ServerApplication.Create(settings);
            await application.StartAsync(cancellationToken);
            string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            return new ServerHost(application, new Uri(address));
        }
        catch (Exception exception)
        {
            if (application is not null)
            {
                await application.DisposeAsync();
            }

            if (StartFailure.Explain(exception) is { } message)
            {
                throw new ServerStartException(message, exception);
            }

            throw;
        }
    }

    /// <summary>Stops taking calls, lets those at work end, and stops.</summary>
    /// <param name="cancellationToken">Ends the patience with calls at work.</param>
    /// <returns>A task that ends when the server has stopped.</returns>
    public Task StopAsync(CancellationToken cancellationToken) => _application.StopAsync(cancellationToken);

    /// <summary>Waits until the process is told to stop (Ctrl+C, SIGTERM) or <see cref="StopAsync"/> was called, and stops the server.</summary>
    /// <param name="cancellationToken">Stops the server too.</param>
    /// <returns>A task that ends when the server has stopped.</returns>
    public async Task WaitForShutdownAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _application.WaitForShutdownAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Being told to stop is what was waited for.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
    }
}
