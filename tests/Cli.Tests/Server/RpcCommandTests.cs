using System.Text.Json.Nodes;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Shared;
using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Server;

/// <summary>
/// Every method of the contract is reachable from the command line: the commands run, and the methods that they call are recorded. A new
/// method needs a command here.
/// </summary>
public sealed class RpcCommandTests(FittedServer server, ITestOutputHelper output) : IClassFixture<FittedServer>
{
    private readonly SortedDictionary<string, string> _commands = new(StringComparer.Ordinal);

    [Fact]
    public async Task Commands_Together_CallEveryMethodOfTheContract()
    {
        using TempFolder folder = new();
        using RecordedCalls calls = new(server.Address);
        string input = folder.Write("more.txt", "rocket orbit lunar\npuck goalie skating\n");
        string themed = folder.Write("themed.txt", string.Join('\n', Enumerable.Range(0, 80).Select(ThemedTexts.Text)));
        string exported = Path.Combine(folder.Path, "exported");
        string fit = (await server.JsonAsync("fits", "list"))[0]!["name"]!.GetValue<string>();
        string[][] commands =
        [
            ["server"],
            ["whoami"],
            ["ingest", input, "--corpus", "more"],
            ["corpora", "list"],
            ["corpora", "show", "more"],
            ["assign", "news@1", "--corpus", "more"],
            ["topics", "documents", "news@1", "--corpus", "more"],
            ["corpora", "update", "more", "--retention-days", "365"],
            ["fits", "show", fit],
            ["fits", "watch", fit],
            ["fits", "cancel", fit],
            ["fits", "list"],
            ["fit", themed, "--model", "themed", "--corpus", "themed", "--out", Path.Combine(folder.Path, "out")],
            ["fits", "estimate", "themed", "--settings", "bertopic"],
            ["models"],
            ["models", "news"],
            ["models", "show", "news@1"],
            ["models", "watch", "news", "--count", "1"],
            ["models", "export", exported, "--model", "news@1"],
            ["models", "import", exported],
            ["models", "compare", "news", "--from", "1", "--to", "exported@1"],
            ["topics", "relabel", "news@1", "0=first"],
            ["models", "label", "news@2", "stable"],
            ["models", "rollback", "news", "stable"],
            ["models", "traffic", "news", "--shadow", "2"],
            ["models", "traffic", "news"],
            ["models", "shadow", "news"],
            ["models", "traffic", "news", "--none"],
            ["models", "delete", "news@2"],
            ["topics", "news"],
            ["topics", "show", "news", "0"],
            ["topics", "documents", "news"],
            ["topics", "search", "news", "rocket"],
            ["topics", "hierarchy", "news"],
            ["topics", "layers", "news"],
            ["topics", "layers", "news", "--layer", "topics"],
            ["topics", "over-time", "news"],
            ["topics", "per-class", "news", "author"],
            ["topics", "explain", "news", "rocket orbit lunar"],
            ["predict", "news", "rocket orbit lunar"],
            ["predict", "news", "rocket orbit lunar", "puck goalie skating"],
            ["predict", "news", "--input", input],
            ["chart", "news", "--kind", "bars", "--out", Path.Combine(folder.Path, "bars.svg")],
            ["map", "news", "--out", Path.Combine(folder.Path, "map.json"), "--attribute", "author"],
            ["map", "columns", "news"],
            ["map", "search", "news", "rocket"],
            ["map", "locate", "news", "rocket orbit lunar"],
            ["backup", Path.Combine(folder.Path, "backup")],
            ["verify"],
        ];
        foreach (string[] command in commands)
        {
            await RunAsync(calls, command);
        }

        await RunAsync(calls, "cluster", "status");
        await RunAsync(calls, "cluster", "members");
        string member = (await server.JsonAsync("cluster", "members"))[0]!["name"]!.GetValue<string>();
        await RunAsync(calls, "cluster", "drain", member);
        await RunAsync(calls, "cluster", "drain", member, "--undo");

        JsonNode erasure = await server.JsonAsync("corpora", "erase", "more", "--before", "2020-01-01");
        Record(calls, "corpora erase");
        await RunAsync(calls, "corpora", "erasure", "more", erasure["name"]!.GetValue<string>().Split('/')[^1]);
        await RunAsync(calls, "corpora", "delete", "more");

        // The first key makes the server ask for one.
        JsonNode key = await server.JsonAsync("keys", "create", "--name", "admin", "--role", "admin");
        string secret = folder.Write("key", key["secret"]!.GetValue<string>());
        Record(calls, "keys create");
        await RunAsync(calls, "keys", "list", "--key-file", secret);
        await RunAsync(calls, "keys", "rotate", key["key"]!.GetValue<string>(), "--key-file", secret);
        await RunAsync(calls, "keys", "revoke", key["key"]!.GetValue<string>(), "--key-file", secret);

        string[] methods =
            [.. ContractServices.All.SelectMany(static service => service.Methods).Select(static m => $"{m.Service.FullName}/{m.Name}")];
        foreach ((string method, string command) in _commands)
        {
            output.WriteLine($"{method}: {command}");
        }

        Assert.Empty(methods.Except(_commands.Keys, StringComparer.Ordinal));
    }

    private async Task RunAsync(RecordedCalls calls, params string[] command)
    {
        CliRun run = await server.RunAsync(command);
        Assert.True(run.ExitCode == ExitCodes.Ok, $"{string.Join(' ', command)}: {run.Errors}");
        Record(calls, string.Join(' ', command.TakeWhile(static word => !word.StartsWith('-')).Take(2)));
    }

    private void Record(RecordedCalls calls, string command)
    {
        foreach (string method in calls.Take())
        {
            _commands.TryAdd(method, command);
        }
    }
}
