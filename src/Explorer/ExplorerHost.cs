using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TopicGrpc.Explorer.Hosting;

namespace TopicGrpc.Explorer;

/// <summary>The page as a program of its own, on a loopback port.</summary>
public sealed class ExplorerHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ExplorerHost(WebApplication application)
    {
        _application = application;
        string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Address = new Uri(new Uri(address), ExplorerOptions.Path + "/");
    }

    /// <summary>Address of the page: <c>http://127.0.0.1:40123/explorer/</c>.</summary>
    public Uri Address { get; }

    /// <summary>Starts the page and returns when it answers requests.</summary>
    /// <param name="options">Server that the page shows.</param>
    /// <param name="port">Port on 127.0.0.1; 0: any free one.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The running page.</returns>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<ExplorerHost> StartAsync(ExplorerOptions options, int port, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.AddExplorer(_ => options with { RequiresLocalHost = true });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port, static endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        WebApplication application = builder.Build();
        try
        {
            application.UseExplorer();
            application.MapGet("/", static () => Results.Redirect(ExplorerOptions.Path + "/"));
            await application.StartAsync(cancellationToken);
            return new ExplorerHost(application);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the process receives a stop signal, then stops the page.</summary>
    /// <param name="cancellationToken">Also stops the page.</param>
    /// <returns>A task that completes when the page has stopped.</returns>
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
