using System.Text.Json.Nodes;
using TopicGrpc.Cli.Errors;

namespace TopicGrpc.Cli.Tests.Server;

public sealed class ErasureCommandTests(FittedServer server) : IClassFixture<FittedServer>
{
    [Fact]
    public async Task CorporaErase_ByIdAndByFilter_PrintsTheReceiptAndRemovesTheDocuments()
    {
        JsonNode byId = await server.JsonAsync("corpora", "erase", "news", "--id", "d003", "d004", "--wait");
        JsonNode byFilter = await server.JsonAsync(
            "corpora", "erase", "news", "--before", "2020-01-02", "--attribute", "author=ann", "--wait");
        CliRun receipt = await server.RunAsync("corpora", "erasure", "news", byId["name"]!.ToString());

        Assert.Equal(2, byId["document_count"]!.GetValue<long>());
        Assert.Equal("succeeded", byId["state"]!.ToString(), ignoreCase: true);
        Assert.Equal(20, byFilter["document_count"]!.GetValue<long>());
        Assert.Contains("2 documents, removed at", receipt.Output, StringComparison.Ordinal);
        Assert.Contains("models/news/versions/1: 2 documents", receipt.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CorporaUpdate_Retention_IsShown()
    {
        JsonNode corpus = await server.JsonAsync("corpora", "update", "news", "--retention-days", "36500", "--display-name", "News");

        Assert.Equal("News", corpus["display_name"]!.ToString());
        Assert.NotNull(corpus["retention"]);
    }

    [Theory]
    [InlineData("give either --id, or one or more of --from, --before, --attribute")]
    [InlineData("give either --id, or one or more of --from, --before, --attribute", "--id", "d1", "--before", "2020-01-01")]
    [InlineData("--before: 'soon' is no time", "--before", "soon")]
    [InlineData("--attribute: 'author' must have the form NAME=VALUE", "--attribute", "author")]
    public async Task CorporaErase_WrongOptions_NamesThem(string message, params string[] options)
    {
        CliRun run = await server.RunAsync(["corpora", "erase", "news", .. options]);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
    }
}
