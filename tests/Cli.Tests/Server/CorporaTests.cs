using System.Text.Json.Nodes;

namespace TopicGrpc.Cli.Tests.Server;

public sealed class CorporaTests(FittedServer server) : IClassFixture<FittedServer>
{
    [Fact]
    public async Task Corpora_OneCorpus_ShowsDocumentsAndState()
    {
        CliRun table = await server.RunAsync("corpora");
        JsonNode json = await server.JsonAsync("corpora");

        Assert.Contains("ready", table.Output, StringComparison.Ordinal);
        JsonNode corpus = Assert.Single(json.AsArray())!;
        Assert.Contains(corpus["name"]!.ToString(), table.Output, StringComparison.Ordinal);
        Assert.Equal("Ready", corpus["state"]!.ToString(), ignoreCase: true);
        Assert.Equal(string.Empty, corpus["damage"]!.ToString());
        Assert.True(corpus["document_count"]!.GetValue<long>() > 0);
    }
}
