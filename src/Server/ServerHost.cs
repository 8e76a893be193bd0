using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using TopicGrpc.Explorer.Hosting;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.WebPage;

namespace TopicGrpc.Server;

/// <summary>A server that runs inside this process until it is disposed.</summary>
public sealed class ServerHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ServerHost(WebApplication application)
    {
        _application = application;
        Uri[] addresses =
        [
            .. application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
                .Select(static address => new Uri(address)),
        ];
        Address = addresses[0];
        HttpAddress = addresses[0].Scheme == Uri.UriSchemeHttps ? addresses[0] : addresses.ElementAtOrDefault(1);
        if (HttpAddress is not null && application.Services.HasWebPage())
        {
            PageAddress = new Uri(HttpAddress, ExplorerOptions.Path + "/");
        }

        if (application.Services.GetRequiredService<IOptions<ServerOptions>>().Value.AllowInsecure)
        {
            Warnings = [InsecureStart.Message];
        }
    }

    /// <summary>Address of the server with the bound port: <c>http://127.0.0.1:40123</c>, or <c>https</c> with a certificate.</summary>
    public Uri Address { get; }

    /// <summary>Address for HTTP/1.1 clients: that of <c>Server:HttpPort</c>, with TLS <see cref="Address"/>. Null: none.</summary>
    public Uri? HttpAddress { get; }

    /// <summary>Address of the web page: <c>http://127.0.0.1:40124/explorer/</c>. Null: the server serves none.</summary>
    public Uri? PageAddress { get; }

    /// <summary>What an operator should know about this start, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; } = [];

    /// <summary>Why the server stopped by itself; null: it was asked to stop, or still runs.</summary>
    public string? Failure => _application.Services.GetRequiredService<StopCause>().Message;

    /// <summary>Services of the host, for tests.</summary>
    internal IServiceProvider Services => _application.Services;

    /// <summary>Starts a server and returns when the server answers calls.</summary>
    /// <param name="settings">Settings that differ from the default options.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The running server.</returns>
    /// <exception cref="ServerStartException">
    /// An option is invalid, the encoder is missing, or the port or the data folder is in use.
    /// </exception>
    public static async Task<ServerHost> StartAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        WebApplication? application = null;
        try
        {
            application = ServerApplication.Create(settings);
            await application.StartAsync(cancellationToken);
            return new ServerHost(application);
        }
        catch (Exception exception)
        {
            if (application is not null)
            {
                await application.DisposeAsync();
            }

            if (StartFailure.Explain(exception) is { } message)
            {
                throw new ServerStartException(message, StartFailure.ExitCode(exception), exception);
            }

            throw;
        }
    }

    /// <summary>Stops accepting calls, waits for the running calls, and stops.</summary>
    /// <param name="cancellationToken">Ends the wait for running calls.</param>
    /// <returns>A task that completes when the server has stopped.</returns>
    public Task StopAsync(CancellationToken cancellationToken) => _application.StopAsync(cancellationToken);

    /// <summary>
    /// Waits until the process receives a stop signal (Ctrl+C, SIGTERM) or <see cref="StopAsync"/> was called, then stops the server.
    /// </summary>
    /// <param name="cancellationToken">Also stops the server.</param>
    /// <returns>A task that completes when the server has stopped.</returns>
    public async Task WaitForShutdownAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _application.WaitForShutdownAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The cancellation is the awaited stop signal.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
    }
}
