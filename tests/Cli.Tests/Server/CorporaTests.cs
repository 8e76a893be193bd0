using System.Text.Json.Nodes;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Server;

public sealed class CorporaTests(FittedServer server) : IClassFixture<FittedServer>
{
    [Fact]
    public async Task Corpora_OneCorpus_ShowsDocumentsAndState()
    {
        CliRun table = await server.RunAsync("corpora");
        JsonNode json = await server.JsonAsync("corpora");

        Assert.Contains("ready", table.Output, StringComparison.Ordinal);
        JsonNode corpus = json.AsArray().Single(static item => item!["name"]!.GetValue<string>() == "news")!;
        Assert.Contains(corpus["name"]!.ToString(), table.Output, StringComparison.Ordinal);
        Assert.Equal("Ready", corpus["state"]!.ToString(), ignoreCase: true);
        Assert.Equal(string.Empty, corpus["damage"]!.ToString());
        Assert.True(corpus["document_count"]!.GetValue<long>() > 0);
    }

    [Fact]
    public async Task Corpora_CorpusWithAQuarantinedText_NamesTheDocument()
    {
        await File.WriteAllTextAsync(
            Path.Combine(server.DataDirectory, "corpora", "news", "crashes.json"),
            """
            {
              "last_run": "",
              "texts": [
                { "document_id": "d007", "text_key": "1", "encoder_sha256": "0123456789abcdef", "deaths": 4,
                  "quarantined": "2026-05-04T03:02:01+00:00" },
                { "document_id": "d008", "text_key": "2", "encoder_sha256": "0123456789abcdef", "deaths": 1 }
              ]
            }
            """,
            TestContext.Current.CancellationToken);

        CliRun run = await server.RunAsync("corpora", "news");
        JsonNode json = await server.JsonAsync("corpora", "news");

        Assert.Contains("left out: document 'd007' (encoder 0123456789ab)", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("d008", run.Output, StringComparison.Ordinal);
        JsonNode text = Assert.Single(Assert.Single(json.AsArray())!["quarantined_texts"]!.AsArray())!;
        Assert.Equal(("d007", 4), (text["document_id"]!.GetValue<string>(), text["deaths"]!.GetValue<int>()));
        Assert.Equal(1, (await server.RunAsync("corpora", "missing")).ExitCode);
    }

    [Fact]
    public async Task CorporaShow_OneOfTwo_ShowsItAlone()
    {
        JsonNode corpus = await server.JsonAsync("corpora", "show", "news");
        CliRun missing = await server.RunAsync("corpora", "show", "none");

        Assert.Equal(("news", 200), (corpus["name"]!.GetValue<string>(), corpus["document_count"]!.GetValue<int>()));
        Assert.Equal(ExitCodes.Failed, missing.ExitCode);
        Assert.Contains("corpora/none", missing.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CorporaDelete_Corpus_IsGoneAndASecondDeletionNeedsAllowMissing()
    {
        using TempFolder folder = new();
        await server.JsonAsync("ingest", folder.Write("old.txt", "rocket orbit\n"), "--corpus", "old");

        JsonNode deleted = await server.JsonAsync("corpora", "delete", "old");
        CliRun again = await server.RunAsync("corpora", "delete", "old");
        CliRun allowed = await server.RunAsync("corpora", "delete", "old", "--allow-missing");
        JsonNode listed = await server.JsonAsync("corpora", "list");

        Assert.Equal("old", deleted["deleted"]!.GetValue<string>());
        Assert.Equal((ExitCodes.Failed, ExitCodes.Ok), (again.ExitCode, allowed.ExitCode));
        Assert.Contains("corpora/old", again.OneLine(), StringComparison.Ordinal);
        Assert.DoesNotContain(listed.AsArray(), static item => item!["name"]!.GetValue<string>() == "old");
    }
}
