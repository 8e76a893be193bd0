using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using TopicGrpc.Client.Balancing;
using TopicGrpc.Client.Configuration;

namespace TopicGrpc.Client.Calls;

/// <summary>
/// The channel that a client owns. Its service configuration has no retry policy, because <see cref="CallPipeline"/> is the only retry
/// layer.
/// </summary>
internal sealed class Connection : IDisposable
{
    // The defaults of gRPC wait up to two minutes before they connect again to a server that has restarted.
    private static readonly TimeSpan FirstReconnect = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxReconnect = TimeSpan.FromSeconds(2);

    private readonly GrpcChannel _channel;
    private readonly TimeProvider _time;
    private readonly bool _reportsState;

    public Connection(TopicGrpcClientOptions options)
    {
        Credentials = new CallerCredentials(options);
        _time = options.TimeProvider;

        // A channel with the handler of a caller, such as that of an in-memory server, may have no state.
        _reportsState = options.HttpHandler is null;
        bool isBalanced = options.Addresses.Count > 0 || options.Address!.Scheme == "dns";
        Health = isBalanced ? new MemberHealth(options.TimeProvider) : null;
        GrpcChannelOptions settings = new()
        {
#pragma warning disable CA2000 // The channel disposes its handler, unless the handler is the caller's.
            HttpHandler = new CredentialsHandler(
                Credentials,
                new MemberHandler(Health, options.AttemptTimeout, options.TimeProvider, options.HttpHandler ?? Handler(options))),
#pragma warning restore CA2000
            DisposeHttpClient = options.HttpHandler is null,
            LoggerFactory = options.LoggerFactory,
            MaxReceiveMessageSize = options.MaxReceiveMessageBytes,
            MaxSendMessageSize = options.MaxSendMessageBytes,

            // A deadline and a canceled token both throw OperationCanceledException, which the time limits of the pipeline handle.
            ThrowOperationCanceledOnCancellation = true,
            InitialReconnectBackoff = FirstReconnect,
            MaxReconnectBackoff = MaxReconnect,
        };
        if (Health is not null)
        {
            // The scheme of the channel's address does not decide about TLS here.
            settings.Credentials = UsesTls(options) ? ChannelCredentials.SecureSsl : ChannelCredentials.Insecure;
            settings.ServiceConfig = new ServiceConfig
            {
                LoadBalancingConfigs = { new LoadBalancingConfig(MemberBalancer.PolicyName) },
            };
            settings.ServiceProvider = new MemberResolution(options, Health);
        }

        _channel = GrpcChannel.ForAddress(options.Address ?? MemberResolution.ListAddress, settings);
        Invoker = _channel.CreateCallInvoker();
    }

    public CallInvoker Invoker { get; }

    public CallerCredentials Credentials { get; }

    /// <summary>Records of servers; null: the channel has one server.</summary>
    public MemberHealth? Health { get; }

    /// <summary>
    /// Uses the delay before a retry to connect, if the channel waits before its next attempt to connect. Otherwise all retries within
    /// that wait would fail, also while the server runs again. Does not throw.
    /// </summary>
    /// <param name="delay">Delay before the retry, 0 or more.</param>
    public void Reconnect(TimeSpan delay)
    {
        if (_reportsState && _channel.State == ConnectivityState.TransientFailure)
        {
            _ = ConnectAsync(delay);
        }
    }

    public void Dispose()
    {
        _channel.Dispose();
        Credentials.Dispose();
    }

    // The channel starts an attempt to connect as soon as it is asked; the token ends only the wait for its result.
    private async Task ConnectAsync(TimeSpan limit)
    {
        using CancellationTokenSource end = new(limit, _time);
        await _channel.ConnectAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static bool UsesTls(TopicGrpcClientOptions options) => (options.Address ?? options.Addresses[0]).Scheme switch
    {
        "dns" => options.UseTls,
        string scheme => scheme == Uri.UriSchemeHttps,
    };

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
        UseProxy = options.Address?.Scheme == Uri.UriSchemeHttps,
        SslOptions = ClientCertificates.Read(options),
    };
}
