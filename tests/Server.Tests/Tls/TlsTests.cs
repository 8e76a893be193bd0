using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using TopicGrpc.Testing.Certificates;

namespace TopicGrpc.Server.Tests.Tls;

/// <summary>Certificates × protocols of the one port that TLS needs.</summary>
[SuppressMessage("Security", "CA5398:Avoid hardcoded SslProtocols values", Justification = "The tests are about these versions.")]
[SuppressMessage(
    "Reliability",
    "CA2000:Dispose objects before losing scope",
    Justification = "The client disposes the handler.")]
public sealed class TlsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Call_ValidCertificate_IsAnsweredUnderBothVersions(SslProtocols protocol)
    {
        await using TlsServer server = await TlsServer.StartAsync();
        using GrpcChannel channel = server.Connect(protocol: protocol);

        Assert.NotEmpty((await TlsServer.CallAsync(channel)).ServerVersion);
        Assert.Equal("https", server.Address.Scheme);
        Assert.Equal(server.Address, server.Host.HttpAddress);
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("host")]
    [InlineData("usage")]
    [InlineData("authority")]
    public async Task Call_CertificateThatTheClientMustNotTrust_Fails(string defect)
    {
        await using TlsServer server = await TlsServer.StartAsync(authority => defect switch
        {
            "expired" => authority.Issue("server", TestAuthority.ServerUsage, end: TimeProvider.System.GetUtcNow().AddDays(-1)),
            "host" => authority.Issue("server", TestAuthority.ServerUsage, host: "other.example"),
            "usage" => authority.Issue("server", TestAuthority.ClientUsage),
            _ => authority.Issue("server", TestAuthority.ServerUsage),
        });
        using TestAuthority stranger = new("Stranger");
        using GrpcChannel channel = server.Connect(defect == "authority" ? stranger : null);

        RpcException failure = await Assert.ThrowsAsync<RpcException>(() => TlsServer.CallAsync(channel));

        Assert.IsType<AuthenticationException>(failure.Status.DebugException!.InnerException);
    }

    [Fact]
    public async Task Http11_SamePort_IsServed()
    {
        await using TlsServer server = await TlsServer.StartAsync();
        using HttpClient client = new(TlsServer.Handler(server.Authority)) { DefaultRequestVersion = HttpVersion.Version11 };

        using HttpResponseMessage response = await client.GetAsync(server.Address, Token);

        Assert.Equal(HttpVersion.Version11, response.Version);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Call_WithoutTls_IsNotAnswered()
    {
        await using TlsServer server = await TlsServer.StartAsync();
        using var channel = GrpcChannel.ForAddress(new UriBuilder(server.Address) { Scheme = "http" }.Uri);

        await Assert.ThrowsAsync<RpcException>(() => TlsServer.CallAsync(channel));
    }

    [Theory]
    [InlineData("Require", "valid", true)]
    [InlineData("Require", "none", false)]
    [InlineData("Require", "expired", false)]
    [InlineData("Require", "authority", false)]
    [InlineData("Require", "usage", false)]
    [InlineData("Allow", "valid", true)]
    [InlineData("Allow", "none", true)]
    [InlineData("Allow", "expired", false)]
    [InlineData("Allow", "authority", false)]
    [InlineData("Allow", "usage", false)]
    [InlineData("None", "authority", true)]
    public async Task Call_ClientCertificate_IsCheckedAsConfigured(string mode, string given, bool isAccepted)
    {
        await using TlsServer server = await (mode == "None"
            ? TlsServer.StartAsync()
            : TlsServer.StartAsync(certificate: null, ("Server:Tls:ClientCertificates", mode)));
        using TestAuthority stranger = new("Stranger");
        using X509Certificate2? client = given switch
        {
            "none" => null,
            "expired" => server.Authority.Issue("client", TestAuthority.ClientUsage, end: TimeProvider.System.GetUtcNow().AddDays(-1)),
            "authority" => stranger.Issue("client", TestAuthority.ClientUsage),
            "usage" => server.Authority.Issue("client", TestAuthority.ServerUsage),
            _ => server.Authority.Issue("client", TestAuthority.ClientUsage),
        };
        using GrpcChannel channel = server.Connect(client: client);

        if (isAccepted)
        {
            await TlsServer.CallAsync(channel);
        }
        else
        {
            await Assert.ThrowsAsync<RpcException>(() => TlsServer.CallAsync(channel));
        }
    }

    [Fact]
    public async Task Start_PfxWithPasswordFile_Serves()
    {
        await using TlsServer server = await TlsServer.StartAsync();
        using X509Certificate2 certificate = server.Authority.Issue("pfx", TestAuthority.ServerUsage);
        await File.WriteAllBytesAsync(server.At("tls.pfx"), certificate.Export(X509ContentType.Pkcs12, "secret phrase"), Token);
        await File.WriteAllTextAsync(server.At("password"), "secret phrase\n", Token);
        await using ServerHost host = await ServerHost.StartAsync(
            new ServerSettings
            {
                DataDirectory = server.At("other"),
                Embedder = new TopicGrpc.Testing.FakeEmbedder(),
                Urls = "https://127.0.0.1:0",
                Configuration = new Dictionary<string, string?>
                {
                    ["Server:Tls:CertificateFile"] = server.At("tls.pfx"),
                    ["Server:Tls:PasswordFile"] = server.At("password"),
                },
            },
            Token);
        using TcpClient tcp = new();
        await tcp.ConnectAsync(IPAddress.Loopback, host.Address.Port, Token);
        await using SslStream tls = new(tcp.GetStream(), false, static (_, certificate, _, _) => certificate?.Subject == "CN=pfx");
        await tls.AuthenticateAsClientAsync("127.0.0.1");

        Assert.Equal("CN=pfx", tls.RemoteCertificate!.Subject);
    }
}
