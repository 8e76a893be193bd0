using System.Text.Json.Nodes;
using TopicGrpc.Cli.Errors;

namespace TopicGrpc.Cli.Tests.Server;

public sealed class CompareTests(FittedServer server) : IClassFixture<FittedServer>
{
    [Fact]
    public async Task ModelsCompare_AfterAMerge_ShowsWhatBecameOfEachTopic()
    {
        JsonNode merged = await server.JsonAsync("topics", "merge", "news@1", "0,1");
        string version = FormattableString.Invariant($"{merged["version"]!.GetValue<long>()}");
        JsonNode topics = await server.JsonAsync("topics", "news@1");

        JsonNode comparison = await server.JsonAsync("models", "compare", "news", "--from", "stable", "--to", version);
        CliRun table = await server.RunAsync("models", "compare", "news", "--from", "1", "--to", $"news@{version}");

        JsonNode[] matches = [.. comparison["matches"]!.AsArray().Select(static match => match!)];
        Assert.Equal(["merged", "merged", "kept", "kept"], matches.Select(static match => match["change"]!.GetValue<string>()));
        Assert.Equal(Uids(topics["topics"]!), matches.Select(static match => match["before"]!["uid"]!.GetValue<string>()));
        Assert.Equal(1, matches[0]["document_overlap"]!.GetValue<double>() + matches[1]["document_overlap"]!.GetValue<double>(), 12);
        Assert.Equal(ExitCodes.Ok, table.ExitCode);
        Assert.Contains("adjusted Rand index", table.Output, StringComparison.Ordinal);
        Assert.Contains("merged", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelsCompare_UnknownVersion_IsOneLine()
    {
        CliRun run = await server.RunAsync("models", "compare", "news", "--from", "77");

        Assert.NotEqual(ExitCodes.Ok, run.ExitCode);
        Assert.Contains("no version 77", run.OneLine(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Uids(JsonNode topics) =>
        topics.AsArray()
            .Where(static topic => topic!["topic"]!.GetValue<int>() >= 0)
            .Select(static topic => topic!["uid"]!.GetValue<string>());
}
