using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;

namespace TopicGrpc.EndToEnd.Tests;

public sealed partial class KilledServerTests
{
    private const int Documents = 60_000;
    private const string Corpus = "killed";

    [Fact]
    public async Task Ingest_ServerKilledMeanwhile_SameCommandGoesOnAndNothingAcknowledgedIsLost()
    {
        using TempFolder folder = new();
        string input = WriteInput(folder);
        string data = folder.At("data");

        long acknowledged = await IngestUntilKilledAsync(input, data);
        using ServerProcess server = await ServerProcess.StartAsync(data);
        long kept = await CountAsync(server);

        Assert.InRange(acknowledged, 1, Documents - 1);
        Assert.InRange(kept, acknowledged, Documents);

        JsonNode again =
            (await ToolProcess.RunAsync("ingest", input, "--corpus", Corpus, "--server", server.Address.Authority, "--json")).Json();

        Assert.Equal(Documents, again["documents"]!.GetValue<long>());
        Assert.Equal(Documents, await CountAsync(server));
        // It went on where the session stood: what was kept was not sent a second time.
        Assert.Equal(0, again["duplicates"]!.GetValue<long>());
    }

    // Reads how many documents the tool reports as safe, and cuts the power in the middle.
    private static async Task<long> IngestUntilKilledAsync(string input, string data)
    {
        using ServerProcess server = await ServerProcess.StartAsync(data);
        using var ingest = ToolProcess.Start("ingest", input, "--corpus", Corpus, "--server", server.Address.Authority);
        string? line = await ingest.ReadLineAsync();
        await server.KillAsync();
        await ingest.KillAsync();
        Match safe = Safe().Match(line ?? "");
        Assert.True(safe.Success, $"no progress line: {line}");
        return long.Parse(safe.Groups["count"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    private static async Task<long> CountAsync(ServerProcess server)
    {
        using TopicGrpcClient client = new(server.Address);
        CorpusInfo corpus = await client.Corpora.GetAsync(Corpus, TestContext.Current.CancellationToken);
        return corpus.DocumentCount;
    }

    private static string WriteInput(TempFolder folder)
    {
        string path = folder.At("documents.jsonl");
        using StreamWriter file = new(path);
        string filler = new('x', 400);
        for (int i = 0; i < Documents; i++)
        {
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $$"""{"id": "{{i}}", "text": "document {{i}} {{filler}}"}"""));
        }

        return path;
    }

    [GeneratedRegex("(?<count>[0-9,]+) of [0-9,]+ stored", RegexOptions.CultureInvariant)]
    private static partial Regex Safe();
}
