using TopicGrpc.Server.Tests.Access;
using TopicGrpc.Server.Tests.Tls;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Authentication;

/// <summary>A server that is open to the network by mistake, or that nobody could call, does not start.</summary>
public sealed class AuthenticationStartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAsync_NetworkAddressWithTlsAndWithoutKeys_NamesTheWaysOut()
    {
        await using TlsServer tls = await TlsServer.StartAsync();
        using FakeEmbedder embedder = new();
        ServerSettings settings = new()
        {
            DataDirectory = tls.At("other"),
            Embedder = embedder,
            Urls = "https://0.0.0.0:0",
            Configuration = new Dictionary<string, string?> { ["Server:Tls:CertificateFile"] = tls.CertificateFile },
        };

        ServerStartException failure = await Assert.ThrowsAsync<ServerStartException>(() => ServerHost.StartAsync(settings, Token));

        Assert.Contains("there is no authentication", failure.Message, StringComparison.Ordinal);
        Assert.Contains("topicgrpc keys create", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public async Task StartAsync_EnabledWithoutKey_NamesTheCommand()
    {
        ServerStartException failure = await Assert.ThrowsAsync<ServerStartException>(
            () => TestServer.StartAsync(("Authentication:Enabled", "true")));

        Assert.Contains("topicgrpc keys create", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Authentication:Jwt:Authority", "http://issuer.example", "is not an https URL")]
    [InlineData("Authentication:Jwt:Authority", "https://issuer.example", "Audience")]
    [InlineData("Authentication:Jwt:Audience", "a", "is required with Issuer or Audience")]
    [InlineData("Authentication:Certificates:0:Subject", "CN=x", "need Server:Tls:ClientCertificates")]
    [InlineData("Authentication:Certificates:0:Role", "owner", "is not one of")]
    public async Task StartAsync_OptionsThatDoNotBelongTogether_AreNamed(string key, string value, string named)
    {
        ServerStartException failure = await Assert.ThrowsAsync<ServerStartException>(() => TestServer.StartAsync((key, value)));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disabled_ServerWithKeys_IsOpen()
    {
        await using TestServer server = await TestServer.StartAsync(("Authentication:Enabled", "false"));
        server.CreateKey(Role.Admin);

        await new ModelService.ModelServiceClient(server.With(null)).ListModelsAsync(new ListModelsRequest(), cancellationToken: Token);
    }
}
