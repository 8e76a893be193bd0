using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using TopicGrpc.Client.Configuration;

namespace TopicGrpc.Client.Calls;

/// <summary>
/// The channel that a client owns. Its service configuration has no retry policy, because <see cref="CallPipeline"/> is the only retry
/// layer.
/// </summary>
internal sealed class Connection : IDisposable
{
    private readonly GrpcChannel _channel;

    public Connection(TopicGrpcClientOptions options)
    {
        Credentials = new CallerCredentials(options);
        GrpcChannelOptions settings = new()
        {
#pragma warning disable CA2000 // The channel disposes its handler, unless the handler is the caller's.
            HttpHandler = new CredentialsHandler(Credentials, options.HttpHandler ?? Handler(options)),
#pragma warning restore CA2000
            DisposeHttpClient = options.HttpHandler is null,
            LoggerFactory = options.LoggerFactory,
            MaxReceiveMessageSize = options.MaxReceiveMessageBytes,
            MaxSendMessageSize = options.MaxSendMessageBytes,

            // A deadline and a canceled token both throw OperationCanceledException, which the time limits of the pipeline handle.
            ThrowOperationCanceledOnCancellation = true,
        };
        Uri address = options.Address!;
        if (address.Scheme == "dns")
        {
            // The scheme does not decide about TLS here, and the name may have several addresses.
            settings.Credentials = options.UseTls ? ChannelCredentials.SecureSsl : ChannelCredentials.Insecure;
            settings.ServiceConfig = new ServiceConfig { LoadBalancingConfigs = { new RoundRobinConfig() } };
            settings.ServiceProvider = new DnsResolution(options.DnsRefreshInterval);
        }

        _channel = GrpcChannel.ForAddress(address, settings);
        Invoker = _channel.CreateCallInvoker();
    }

    public CallInvoker Invoker { get; }

    public CallerCredentials Credentials { get; }

    public void Dispose()
    {
        _channel.Dispose();
        Credentials.Dispose();
    }

    private static SocketsHttpHandler Handler(TopicGrpcClientOptions options) => new()
    {
        // Servers allow about 100 streams per connection; further calls would queue in the client.
        EnableMultipleHttp2Connections = true,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        ConnectTimeout = options.ConnectTimeout,
        KeepAlivePingDelay = options.KeepAlivePingDelay,
        KeepAlivePingTimeout = options.KeepAlivePingTimeout,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,

        // Plain-text HTTP/2 cannot pass a proxy. A proxy of the environment must not receive calls over loopback.
        UseProxy = options.Address!.Scheme == Uri.UriSchemeHttps,
        SslOptions = ClientCertificates.Read(options),
    };
}
