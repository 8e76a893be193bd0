using TopicGrpc.Cli.Errors;
using TopicGrpc.Client;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Errors;
using TopicGrpc.Server;

namespace TopicGrpc.Cli.Hosting;

/// <summary>A client and, if this process started it, the server.</summary>
internal sealed class ServerConnection : IAsyncDisposable
{
    // A document map with 20,000 points and their texts is about 10 MB of SVG in one message.
    private const int MaxReceiveMessageBytes = 256 << 20;

    private readonly ServerHost? _host;

    private ServerConnection(IReadOnlyList<Uri> addresses, ServerHost? host, Action<TopicGrpcClientOptions>? configure)
    {
        Addresses = addresses;
        _host = host;
        TopicGrpcClientOptions options = new() { MaxReceiveMessageBytes = MaxReceiveMessageBytes };
        if (addresses.Count == 1)
        {
            options.Address = addresses[0];
        }

        foreach (Uri address in addresses.Count > 1 ? addresses : [])
        {
            options.Addresses.Add(address);
        }

        configure?.Invoke(options);
        Client = new TopicGrpcClient(options);
    }

    /// <summary>Address of the server, or addresses of the members of a cluster.</summary>
    public IReadOnlyList<Uri> Addresses { get; }

    public TopicGrpcClient Client { get; }

    /// <summary>Address of the web page; null: this process started no server, or the server serves no page.</summary>
    public Uri? PageAddress => _host?.PageAddress;

    /// <summary>Returns a connection to a running server without sending anything.</summary>
    /// <param name="addresses">Address of the server, or addresses of the members of a cluster.</param>
    /// <param name="configure">Sets the credentials; null: none.</param>
    public static ServerConnection To(IReadOnlyList<Uri> addresses, Action<TopicGrpcClientOptions>? configure = null) =>
        new(addresses, host: null, configure);

    /// <summary>Starts a server inside this process and connects to it.</summary>
    /// <exception cref="ServerStartException">The server cannot start.</exception>
    public static async Task<ServerConnection> StartAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        ServerHost host = await ServerHost.StartAsync(settings, cancellationToken);
        return new ServerConnection([host.Address], host, configure: null);
    }

    /// <summary>Runs calls; if no server answers, the failure contains the address.</summary>
    public async Task<T> CallAsync<T>(Func<TopicGrpcClient, Task<T>> calls)
    {
        try
        {
            return await calls(Client);
        }
        catch (ServerUnavailableException e) when (e.Reason.Length == 0)
        {
            throw new CliException(
                $"no server answers at {string.Join(", ", Addresses)}; start one with \"topicgrpc serve\" or give another address with "
                + "--server",
                ExitCodes.Failed,
                e);
        }
    }

    /// <summary>Waits until the process is asked to stop.</summary>
    public async Task WaitForShutdownAsync(CancellationToken cancellationToken)
    {
        if (_host is not null)
        {
            await _host.WaitForShutdownAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }
}
