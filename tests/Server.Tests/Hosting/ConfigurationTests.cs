using System.Net;
using System.Text.Json;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Testing;

namespace TopicGrpc.Server.Tests.Hosting;

/// <summary>Errors of the configuration are all reported at once, and an open port to the network is never a mistake.</summary>
public sealed class ConfigurationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAsync_SeveralErrors_NamesAllInOneLine()
    {
        string message = await FailureAsync(
            null,
            ("Server:Prot", "5400"),
            ("Server:HttpPort", "many"),
            ("Fits:MaxQueued", "0"),
            ("Server:Tls:Certificate", "x"),
            ("Server:Tls:ReloadInterval", "soon"),
            ("Embeding:Precision", "fast"),
            ("Models:KeepLoaded", "1.5"));

        string[] named =
        [
            "Server:Prot: is not an option; Server has Address, Port",
            "Server:HttpPort: 'many' is not a whole number of 32 bits",
            "MaxQueued",
            "Server:Tls:Certificate: is not an option",
            "Server:Tls:ReloadInterval: 'soon' is not a time",
            "Embeding: is not a section of the options",
            "Models:KeepLoaded: '1.5' is not a whole number",
        ];
        Assert.All(named, part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public async Task StartAsync_RulesOfSeveralOptions_EachIsNamedOnceWithSectionAndValue()
    {
        string message = await FailureAsync(
            null, ("Server:HttpPort", "70000"), ("Server:Address", "nowhere"), ("Server:DrainGrace", "02:00:00"), ("Fits:MaxQueued", "0"));

        Assert.StartsWith("Invalid options: ", message, StringComparison.Ordinal);
        string[] failures = message["Invalid options: ".Length..].Split("; ");
        Assert.Equal(
            [
                "Fits:MaxQueued: must be between 1 and 10000, not 0",
                "Server:Address: 'nowhere' is not an IP address",
                "Server:DrainGrace: must be between 00:00:00 and 00:10:00, not 02:00:00",
                "Server:HttpPort: must be between 0 and 65535, not 70000",
            ],
            failures.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.2", true)]
    [InlineData("::1", true)]
    public void Validate_AddressWithoutTls_IsValidOnLoopbackOnly(string address, bool isValid)
    {
        ServerAddressRule rule = new();

        Assert.Equal(isValid, rule.Validate(null, new ServerOptions { Address = address }).Succeeded);
        Assert.True(rule.Validate(null, new ServerOptions { Address = address, AllowInsecure = true }).Succeeded);
        Assert.True(rule.Validate(null, new ServerOptions { Address = address, Tls = { CertificateFile = "tls.pem" } }).Succeeded);
    }

    [Theory]
    [InlineData("https://127.0.0.1:0", "needs a certificate")]
    [InlineData("http://*:0", "is not one URL")]
    [InlineData("http://127.0.0.1:0;http://127.0.0.1:1", "is not one URL")]
    [InlineData("http://example.org:0", "is not one URL")]
    [InlineData("http://0.0.0.0:0", "is reachable from the network")]
    public async Task StartAsync_UrlThatIsNotServed_SaysWhy(string address, string why) =>
        Assert.Contains(why, await FailureAsync(address), StringComparison.Ordinal);

    [Fact]
    public async Task StartAsync_AllowInsecure_Warns()
    {
        using TempFolder folder = new();
        using FakeEmbedder embedder = new();
        await using ServerHost host = await ServerHost.StartAsync(
            new ServerSettings
            {
                DataDirectory = folder.Path,
                Embedder = embedder,
                Urls = "http://0.0.0.0:0",
                Configuration = new Dictionary<string, string?> { ["Server:AllowInsecure"] = "true" },
            },
            Token);

        Assert.Equal([InsecureStart.Message], host.Warnings);
    }

    [Fact]
    public async Task HttpPort_Given_ServesHttp11Beside()
    {
        await using TestServer server = await TestServer.StartAsync(("Server:HttpPort", "0"));
        using HttpClient client = new();

        using HttpResponseMessage response = await client.GetAsync(server.HttpAddress, Token);

        Assert.Equal(HttpVersion.Version11, response.Version);
        Assert.NotEqual(server.Address.Port, server.HttpAddress!.Port);
    }

    [Fact]
    public async Task PrintConfiguration_OptionsGiven_PrintsAllEffectiveOptions()
    {
        string printed = await ServerApplication.PrintConfigurationAsync(["--Server:Port", "5411", "--Server:Tls:ClientCaFile", ""]);

        using var json = JsonDocument.Parse(printed);
        JsonElement server = json.RootElement.GetProperty("Server");
        Assert.Equal(5411, server.GetProperty("Port").GetInt32());
        Assert.Equal("None", server.GetProperty("Tls").GetProperty("ClientCertificates").GetString());
        Assert.Equal("00:00:30", server.GetProperty("DefaultDeadline").GetString());
        Assert.Equal(512, json.RootElement.GetProperty("Embedding").GetProperty("MaxQueue").GetInt32());
    }

    [Theory]
    [InlineData("Password", true)]
    [InlineData("ClientSecret", true)]
    [InlineData("PasswordFile", false)]
    [InlineData("Port", false)]
    [InlineData("MaxTokens", false)]
    public void IsSecret_Name_DecidesWhetherTheValueIsHidden(string name, bool isSecret) =>
        Assert.Equal(isSecret, ConfigurationPrinting.IsSecret(name));

    private static async Task<string> FailureAsync(string? urls, params (string Key, string? Value)[] configuration)
    {
        using TempFolder folder = new();
        using FakeEmbedder embedder = new();
        ServerSettings settings = new()
        {
            DataDirectory = folder.Path,
            Embedder = embedder,
            Urls = urls,
            Configuration = configuration.ToDictionary(static pair => pair.Key, static pair => pair.Value),
        };
        return (await Assert.ThrowsAsync<ServerStartException>(() => ServerHost.StartAsync(settings, Token))).Message;
    }
}
