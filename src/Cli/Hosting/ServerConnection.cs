using TopicGrpc.Cli.Errors;
using TopicGrpc.Client;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Errors;
using TopicGrpc.Server;

namespace TopicGrpc.Cli.Hosting;

/// <summary>A client and, where the command brought it up, the server behind it.</summary>
internal sealed class ServerConnection : IAsyncDisposable
{
    // A map of 20,000 documents with their texts is some 10 MB of SVG in one message.
    private const int MaxReceiveMessageBytes = 256 << 20;

    private readonly ServerHost? _host;

    private ServerConnection(Uri address, ServerHost? host)
    {
        Address = address;
        _host = host;
        Client = new TopicGrpcClient(new TopicGrpcClientOptions { Address = address, MaxReceiveMessageBytes = MaxReceiveMessageBytes });
    }

    public Uri Address { get; }

    public TopicGrpcClient Client { get; }

    /// <summary>Connects to a server that runs; nothing is sent yet.</summary>
    public static ServerConnection To(Uri address) => new(address, host: null);

    /// <summary>Starts a server inside this process and connects to it.</summary>
    /// <exception cref="ServerStartException">It cannot start.</exception>
    public static async Task<ServerConnection> StartAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        ServerHost host = await ServerHost.StartAsync(settings, cancellationToken);
        return new ServerConnection(host.Address, host);
    }

    /// <summary>Runs calls; when none gets through, the failure says where it was tried.</summary>
    public async Task<T> CallAsync<T>(Func<TopicGrpcClient, Task<T>> calls)
    {
        try
        {
            return await calls(Client);
        }
        catch (ServerUnavailableException e) when (e.Reason.Length == 0)
        {
            throw new CliException($"no server answers at {Address}; start one with \"topicgrpc serve\" or name another with --server", ExitCodes.Failed, e);
        }
    }

    /// <summary>Waits until the process is told to stop.</summary>
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
