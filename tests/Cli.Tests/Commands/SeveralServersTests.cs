using TopicGrpc.Cli.Errors;
using TopicGrpc.Server;
using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Commands;

/// <summary><c>--server</c> with the addresses of several members of a cluster.</summary>
public sealed class SeveralServersTests
{
    [Fact]
    public async Task Models_OneOfTwoServersRuns_Answers()
    {
        using TempFolder folder = new();
        using FakeEmbedder embedder = new();
        await using ServerHost server = await ServerHost.StartAsync(
            new ServerSettings { DataDirectory = folder.At("data"), Embedder = embedder }, TestContext.Current.CancellationToken);

        CliRun run = await CliRun.OfAsync("models", "--server", $"127.0.0.1:1,{server.Address.Authority}", "--json");

        Assert.Equal((ExitCodes.Ok, "[]", ""), (run.ExitCode, run.Output.Trim(), run.Errors));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1,ftp://x", "--server: \"ftp://x\" is not an address", "models")]
    [InlineData("http://127.0.0.1:1,https://127.0.0.1:2", "all of them must be http, or all of them https", "models")]
    [InlineData("127.0.0.1:1,dns:///x:2", "all of them must be http, or all of them https", "models")]
    [InlineData("127.0.0.1:1,127.0.0.1:2", "--server: 2 addresses; this command takes one", "health")]
    [InlineData("127.0.0.1:1,127.0.0.1:1", "occurs more than once", "models")]
    public async Task AnyCommand_SeveralServersThatDoNotFit_OneLineWithTheReason(string servers, string reason, string command)
    {
        CliRun run = await CliRun.OfAsync(command, "--server", servers);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains(reason, run.OneLine(), StringComparison.Ordinal);
    }
}
