using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Server;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Certificates;

namespace TopicGrpc.Cli.Tests.Server;

/// <summary>
/// Credentials of the tool by options and by variables, on a server with TLS, client certificates and keys: every part is needed.
/// </summary>
public sealed class CredentialTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly FakeEmbedder _embedder = new();
    private readonly TestAuthority _authority = new();
    private readonly Dictionary<string, string> _variables = [];
    private ServerHost? _host;
    private string _secret = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (_, _secret) = await new OfflineKey("admin", "admin").CreateAsync(_folder.At("data"));
        using (X509Certificate2 server = _authority.Issue("server", TestAuthority.ServerUsage))
        {
            TestAuthority.Write(server, _folder.At("tls.pem"));
        }

        using X509Certificate2 client = _authority.Issue("app", TestAuthority.ClientUsage, host: null);
        using ECDsa key = client.GetECDsaPrivateKey()!;
        _folder.Write("client.pem", client.ExportCertificatePem());
        _folder.Write("client.key", key.ExportPkcs8PrivateKeyPem());
        _folder.Write("ca.pem", _authority.Pem);
        _folder.Write("secret", _secret + "\n");
        _host = await ServerHost.StartAsync(
            new ServerSettings
            {
                DataDirectory = _folder.At("data"),
                Embedder = _embedder,
                Configuration = new Dictionary<string, string?>
                {
                    ["Server:Tls:CertificateFile"] = _folder.At("tls.pem"),
                    ["Server:Tls:ClientCertificates"] = "Require",
                    ["Server:Tls:ClientCaFile"] = _folder.At("ca.pem"),
                },
            },
            Token);
        _variables["TOPICGRPC_SERVER"] = _host.Address.ToString();
        _variables["TOPICGRPC_CA_FILE"] = _folder.At("ca.pem");
        _variables["TOPICGRPC_CLIENT_CERT"] = _folder.At("client.pem");
        _variables["TOPICGRPC_CLIENT_KEY"] = _folder.At("client.key");
        _variables["TOPICGRPC_API_KEY"] = _secret;
    }

    [Theory]
    [InlineData("TOPICGRPC_API_KEY")]
    [InlineData("TOPICGRPC_API_KEY_FILE")]
    [InlineData("TOPICGRPC_TOKEN_FILE")]
    public async Task Variables_Complete_AreEnough(string credential)
    {
        _variables.Remove("TOPICGRPC_API_KEY");
        _variables[credential] = credential == "TOPICGRPC_API_KEY" ? _secret : _folder.At("secret");

        CliRun run = await CliRun.OfAsync(_variables, "models");

        Assert.Equal((ExitCodes.Ok, ""), (run.ExitCode, run.Errors));
    }

    [Theory]
    [InlineData("TOPICGRPC_CA_FILE", "Check the address, --ca-file and --client-cert.")]
    [InlineData("TOPICGRPC_CLIENT_CERT", "ClientKeyFile: needs ClientCertificateFile")]
    [InlineData("TOPICGRPC_CLIENT_KEY", "ClientCertificateFile")]
    [InlineData("TOPICGRPC_API_KEY", "TOPICGRPC_API_KEY")]
    public async Task Variables_OneMissing_TheFailureSaysWhatToDo(string missing, string expected)
    {
        _variables.Remove(missing);

        CliRun run = await CliRun.OfAsync(_variables, "models");

        Assert.NotEqual(ExitCodes.Ok, run.ExitCode);
        Assert.Contains(expected, run.OneLine(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--key-file")]
    [InlineData("--token-file")]
    public async Task Options_AllGiven_OverrideWrongVariables(string credential)
    {
        var wrong = _variables.Keys.ToDictionary(static name => name, static _ => "/none");

        CliRun run = await CliRun.OfAsync(
            wrong,
            "models",
            "--server",
            _host!.Address.ToString(),
            credential,
            _folder.At("secret"),
            "--ca-file",
            _folder.At("ca.pem"),
            "--client-cert",
            _folder.At("client.pem"),
            "--client-key",
            _folder.At("client.key"));

        Assert.Equal((ExitCodes.Ok, ""), (run.ExitCode, run.Errors));
    }

    [Fact]
    public async Task Options_KeyFileAndTokenFile_AreRejectedTogether()
    {
        CliRun run = await CliRun.OfAsync(
            _variables, "models", "--key-file", _folder.At("secret"), "--token-file", _folder.At("secret"));

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("at most one may be set", run.OneLine(), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _authority.Dispose();
        _embedder.Dispose();
        _folder.Dispose();
    }
}
