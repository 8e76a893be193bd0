using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TopicGrpc.Client;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Errors;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Certificates;

namespace TopicGrpc.Server.Tests.Tls;

/// <summary>The files of the SDK's options: authorities, client certificate, its key.</summary>
public sealed class SdkTlsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CaFile_AuthorityOfTheServer_IsTrustedAndNoOther()
    {
        await using TlsServer server = await TlsServer.StartAsync();
        using TestAuthority stranger = new("Stranger");
        string other = _folder.Write("other.pem", stranger.Pem);
        string both = _folder.Write("both.pem", stranger.Pem + "\n" + server.Authority.Pem);
        using TopicGrpcClient trusting = new(Options(server, both));
        using TopicGrpcClient wrong = new(Options(server, other));
        using TopicGrpcClient system = new(Options(server, caFile: null));

        Assert.NotEmpty((await trusting.Server.GetInfoAsync(Token)).Version);
        foreach (TopicGrpcClient client in (TopicGrpcClient[])[wrong, system])
        {
            TopicGrpcException failure = await Assert.ThrowsAsync<TopicGrpcException>(() => client.Server.GetInfoAsync(Token));
            Assert.StartsWith(
                "The TLS handshake with the server failed: The remote certificate is invalid", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ClientCertificateFile_ServerThatRequiresOne_IsSent(bool hasKeyFile)
    {
        await using TlsServer server = await TlsServer.StartAsync(null, ("Server:Tls:ClientCertificates", "Require"));
        using X509Certificate2 issued = server.Authority.Issue("app", TestAuthority.ClientUsage, host: null);
        using ECDsa key = issued.GetECDsaPrivateKey()!;
        string certificate = issued.ExportCertificatePem();
        string privateKey = key.ExportPkcs8PrivateKeyPem();
        TopicGrpcClientOptions options = Options(server, server.ClientCaFile);
        options.ClientCertificateFile = _folder.Write("client.pem", hasKeyFile ? certificate : certificate + "\n" + privateKey);
        options.ClientKeyFile = hasKeyFile ? _folder.Write("client.key", privateKey) : null;
        using TopicGrpcClient client = new(options);
        using TopicGrpcClient without = new(Options(server, server.ClientCaFile));

        Assert.NotEmpty((await client.Server.GetInfoAsync(Token)).Version);
        await Assert.ThrowsAsync<ServerUnavailableException>(() => without.Server.GetInfoAsync(Token));
    }

    [Theory]
    [InlineData("no certificate", "CaFile: ")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "CaFile: ")]
    public async Task CaFile_WithoutAValidCertificate_StopsTheClientAndNamesTheOption(string content, string expected)
    {
        await using TlsServer server = await TlsServer.StartAsync();
        string file = _folder.Write("ca.pem", content);

        InvalidOperationException wrong = Assert.Throws<InvalidOperationException>(() => new TopicGrpcClient(Options(server, file)));

        Assert.StartsWith(expected, wrong.Message, StringComparison.Ordinal);
        Assert.Contains(file, wrong.Message, StringComparison.Ordinal);
    }

    private static TopicGrpcClientOptions Options(TlsServer server, string? caFile) => new()
    {
        Address = server.Address,
        CaFile = caFile,
        Retry = { Enabled = false },
    };
}
