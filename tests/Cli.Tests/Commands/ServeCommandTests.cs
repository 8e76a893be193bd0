using TopicGrpc.Cli.Errors;
using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Commands;

/// <summary>Parts of <c>serve --urls</c> that the server would ignore are rejected (V03, V04).</summary>
public sealed class ServeCommandTests
{
    [Theory]
    [InlineData("http://*:0", "0.0.0.0")]
    [InlineData("http://127.0.0.1:0;http://127.0.0.1:1", "several addresses")]
    [InlineData("unix:///tmp/socket", "\"unix\" is not supported")]
    [InlineData("dns:///127.0.0.1:1", "\"dns\" is not supported")]
    [InlineData("http://127.0.0.1:0/path", "more than address and port")]
    [InlineData("http://127.0.0.1:0/?query=1", "more than address and port")]
    [InlineData("http://user@127.0.0.1:0", "more than address and port")]
    [InlineData("http://example.org:1", "not an IP address")]
    [InlineData("http://", "is not a URL")]
    public async Task Serve_UrlsWithAPartThatIsNotServed_NamesIt(string urls, string named)
    {
        CliRun run = await CliRun.OfAsync("serve", "--urls", urls);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--urls", run.OneLine(), StringComparison.Ordinal);
        Assert.Contains(named, run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_HttpsWithoutCertificate_DoesNotServe()
    {
        using TempFolder folder = new();

        CliRun run = await CliRun.OfAsync("serve", "--urls", "https://127.0.0.1:0", "--data", folder.Path);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("urls: 'https://127.0.0.1:0' needs a certificate", run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_NetworkAddressWithoutTls_NamesTheWaysOut()
    {
        using TempFolder folder = new();

        CliRun run = await CliRun.OfAsync("serve", "--urls", "http://0.0.0.0:0", "--data", folder.Path);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("Server:Tls:CertificateFile", run.OneLine(), StringComparison.Ordinal);
        Assert.Contains("Server:AllowInsecure", run.OneLine(), StringComparison.Ordinal);
    }
}
