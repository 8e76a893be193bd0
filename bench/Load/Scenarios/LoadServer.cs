using Grpc.Net.Client;
using TopicGrpc.Client;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Load.Hosting;
using TopicGrpc.V1;

namespace TopicGrpc.Load.Scenarios;

/// <summary>A running server with an SDK client without retries, and the generated stub for scenarios that read trailers.</summary>
internal sealed class LoadServer : IAsyncDisposable
{
    private readonly GrpcChannel _channel;

    public LoadServer(ServerArguments arguments, ServerChild process)
    {
        Arguments = arguments;
        Process = process;
        TopicGrpcClientOptions options = new() { Address = process.Address, ReadTimeout = TimeSpan.FromSeconds(30) };

        // Without retries, failed calls are visible.
        options.Retry.Enabled = false;
        Client = new TopicGrpcClient(options);
        _channel = GrpcChannel.ForAddress(
            process.Address,
            new GrpcChannelOptions
            {
                HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true },
                DisposeHttpClient = true,
            });
        Stub = new PredictionService.PredictionServiceClient(_channel);
    }

    public ServerArguments Arguments { get; }

    public ServerChild Process { get; }

    public TopicGrpcClient Client { get; }

    public PredictionService.PredictionServiceClient Stub { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _channel.Dispose();
        await Process.DisposeAsync();
    }
}
