using System.Text.Json.Nodes;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Server;

public sealed class TransferTests(FittedServer server) : IClassFixture<FittedServer>
{
    [Fact]
    public async Task ExportAndImport_BothWays_GiveTheSameTopicsAndSayWhereTheyCameFrom()
    {
        using TempFolder folder = new();
        string first = Path.Combine(folder.Path, "first");
        string second = Path.Combine(folder.Path, "Second Copy");

        JsonNode exported = await server.JsonAsync("models", "export", first, "--model", "news@stable");
        Directory.Move(first, second);
        JsonNode imported = await server.JsonAsync("models", "import", second, "--label", "stable", "--request-id", "r1");
        JsonNode repeated = await server.JsonAsync("models", "import", second, "--label", "stable", "--request-id", "r1");
        CliRun again = await server.RunAsync("models", "export", Path.Combine(folder.Path, "second-copy"));
        JsonNode versions = await server.JsonAsync("models", "second-copy");

        Assert.Equal(("news", 1), (exported["model"]!.GetValue<string>(), exported["version"]!.GetValue<int>()));
        Assert.Equal(5, exported["files"]!.AsArray().Count);
        Assert.Equal(
            ("second-copy", 1, 200),
            (imported["model"]!.GetValue<string>(), imported["version"]!.GetValue<int>(), imported["documents"]!.GetValue<int>()));
        Assert.True(JsonNode.DeepEquals(imported, repeated));
        Assert.Equal(
            imported["source"]!["sha256"]!.GetValue<string>(),
            Assert.Single(versions.AsArray())!["imported_from"]!["sha256"]!.GetValue<string>());
        Assert.True(again.ExitCode == ExitCodes.Ok, again.Errors);
        Assert.Contains("wrote second-copy@1", again.Output, StringComparison.Ordinal);
        foreach (string path in Directory.GetFiles(second))
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken),
                await File.ReadAllBytesAsync(
                    Path.Combine(folder.Path, "second-copy", Path.GetFileName(path)), TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Merge_ImportedVersion_JoinsItWithTheFittedOne()
    {
        using TempFolder folder = new();
        string copy = Path.Combine(folder.Path, "copy");
        await server.JsonAsync("models", "export", copy, "--model", "news@1");
        await server.JsonAsync("models", "import", copy);

        JsonNode merged = await server.JsonAsync("models", "merge", "copy@1", "news@1", "--min-similarity", "0.5");
        JsonNode derived = await server.JsonAsync(
            "models", "derive", "copy@1", folder.Write("merge.json", """{"merge_models": {"models": ["news@1"]}}"""));

        Assert.All(new[] { merged, derived }, static result => Assert.Equal(
            (4, 400L, 1),
            (
                Topics(result).Length,
                result["topics"]!.AsArray().Sum(static topic => topic!["count"]!.GetValue<long>()),
                result["parent"]!.GetValue<int>())));
    }

    [Fact]
    public async Task Transfers_WrongArguments_AreOneLine()
    {
        using TempFolder folder = new();
        folder.Write("mine.txt", "mine");

        CliRun missing = await server.RunAsync("models", "import", Path.Combine(folder.Path, "none"));
        CliRun empty = await server.RunAsync("models", "import", folder.Path);
        CliRun full = await server.RunAsync("models", "export", folder.Path, "--model", "news");
        CliRun unknown = await server.RunAsync("models", "export", Path.Combine(folder.Path, "out"), "--model", "nothing");
        CliRun label = await server.RunAsync("models", "merge", "news", "news@stable");
        CliRun twice = await server.RunAsync("models", "merge", "news@1", "news@1");

        Assert.Contains($"The folder '{Path.Combine(folder.Path, "none")}' does not exist.", missing.OneLine(), StringComparison.Ordinal);
        Assert.Contains("topics.json", empty.OneLine(), StringComparison.Ordinal);
        Assert.Contains("is not an empty folder", full.OneLine(), StringComparison.Ordinal);
        Assert.Contains("models/nothing", unknown.OneLine(), StringComparison.Ordinal);
        Assert.Contains("news@7", label.OneLine(), StringComparison.Ordinal);
        Assert.EndsWith("is the version that the merge starts from", twice.OneLine().TrimEnd('.'), StringComparison.Ordinal);
        Assert.All(new[] { missing, empty, full, unknown, label, twice }, static run => Assert.NotEqual(ExitCodes.Ok, run.ExitCode));
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "out")));
    }

    private static JsonNode[] Topics(JsonNode result) =>
        [.. result["topics"]!.AsArray().Where(static topic => topic!["topic"]!.GetValue<int>() >= 0).Select(static topic => topic!)];
}
