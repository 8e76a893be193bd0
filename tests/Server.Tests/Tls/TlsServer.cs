using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Certificates;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Tls;

/// <summary>A server with a certificate of its own authority.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeEmbedder _embedder = new();
    private ServerHost? _host;

    public TestAuthority Authority { get; } = new();

    public Uri Address => _host!.Address;

    public ServerHost Host => _host!;

    public string CertificateFile => _folder.At("tls.pem");

    public string ClientCaFile => _folder.At("ca.pem");

    public string At(string name) => _folder.At(name);

    /// <summary>Starts a server with a certificate; null: a valid one.</summary>
    public static async Task<TlsServer> StartAsync(
        Func<TestAuthority, X509Certificate2>? certificate = null,
        params (string Key, string? Value)[] configuration)
    {
        TlsServer server = new();
        certificate ??= static authority => authority.Issue("server", TestAuthority.ServerUsage);
        using (X509Certificate2 issued = certificate(server.Authority))
        {
            TestAuthority.Write(issued, server.CertificateFile);
        }

        await File.WriteAllTextAsync(server.ClientCaFile, server.Authority.Pem);
        Dictionary<string, string?> options = configuration.ToDictionary(static pair => pair.Key, static pair => pair.Value);
        options["Server:Tls:CertificateFile"] = server.CertificateFile;
        options["Server:Tls:ReloadInterval"] = "00:00:00.100";
        if (options.ContainsKey("Server:Tls:ClientCertificates"))
        {
            options["Server:Tls:ClientCaFile"] = server.ClientCaFile;
        }

        server._host = await ServerHost.StartAsync(
            new ServerSettings { DataDirectory = server._folder.At("data"), Embedder = server._embedder, Configuration = options },
            TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Connects a client that trusts an authority.</summary>
    public GrpcChannel Connect(TestAuthority? trusted = null, SslProtocols protocol = SslProtocols.None, X509Certificate2? client = null) =>
        GrpcChannel.ForAddress(
            Address,
            new GrpcChannelOptions { HttpHandler = Handler(trusted ?? Authority, protocol, client), DisposeHttpClient = true });

    public static SocketsHttpHandler Handler(
        TestAuthority trusted,
        SslProtocols protocol = SslProtocols.None,
        X509Certificate2? client = null)
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(trusted.Pem);
        return new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = protocol,
                CertificateChainPolicy = policy,
                ClientCertificates = client is null ? null : [client],
                LocalCertificateSelectionCallback = client is null ? null : (_, _, _, _, _) => client,
            },
        };
    }

    public static async Task<GetServerInfoResponse> CallAsync(GrpcChannel channel) =>
        await new ServerService.ServerServiceClient(channel).GetServerInfoAsync(
            new GetServerInfoRequest(), cancellationToken: TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _embedder.Dispose();
        Authority.Dispose();
        _folder.Dispose();
    }
}
