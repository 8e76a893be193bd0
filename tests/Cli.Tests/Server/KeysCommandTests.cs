using System.Text.Json.Nodes;
using TopicGrpc.Server;
using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Server;

/// <summary>The first key without a server, then keys, fits and the server with it.</summary>
public sealed class KeysCommandTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly FakeEmbedder _embedder = new();
    private ServerHost? _host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string KeyFile => _folder.At("key");

    public async ValueTask InitializeAsync()
    {
        CliRun created = await CliRun.OfAsync(
            "keys", "create", "--name", "first", "--role", "admin", "--max-streams", "9", "--data", _folder.At("data"), "--json");
        Assert.True(created.ExitCode == 0, created.Errors);
        await File.WriteAllTextAsync(KeyFile, JsonNode.Parse(created.Output)!["secret"]!.GetValue<string>() + "\n", Token);
        _host = await ServerHost.StartAsync(
            new ServerSettings { DataDirectory = _folder.At("data"), Embedder = _embedder }, Token);
    }

    [Fact]
    public async Task Call_WithoutKey_NamesTheVariable()
    {
        CliRun run = await CliRun.OfAsync("models", "--server", _host!.Address.Authority);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("TOPICGRPC_API_KEY", run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_CreateRotateRevokeList_Work()
    {
        JsonNode created = await JsonAsync(
            "keys", "create", "--name", "app", "--role", "reader", "--models", "news-*", "sport", "--days", "30", "--max-streams", "3");
        string id = created["key"]!.GetValue<string>();
        JsonNode rotated = await JsonAsync("keys", "rotate", id, "--overlap-hours", "1");
        Assert.NotEqual(created["secret"]!.GetValue<string>(), rotated["secret"]!.GetValue<string>());
        CliRun revoked = await RunAsync("keys", "revoke", id);
        Assert.Contains($"key {id} revoked", revoked.Output, StringComparison.Ordinal);

        JsonNode listed = (await JsonAsync("keys", "list")).AsArray().Single(key => key!["name"]!.GetValue<string>() == id)!;
        Assert.NotNull(listed["revoked"]);
        Assert.Equal(3, listed["settings"]!["quota"]!["streams"]!.GetValue<int>());
        Assert.DoesNotContain("tg_", (await RunAsync("keys", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_AfterChanges_PrintsThem()
    {
        await JsonAsync("keys", "create", "--name", "app", "--role", "reader");

        CliRun run = await CliRun.OfAsync("audit", "--data", _folder.At("data"));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("KeyService/CreateKey", run.Output, StringComparison.Ordinal);
        Assert.Contains(" OK", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeysCreate_Offline_IsInTheAuditLogAndHasItsQuota()
    {
        CliRun audit = await CliRun.OfAsync("audit", "--data", _folder.At("data"), "--caller", $"offline/{Environment.UserName}");
        JsonNode first = (await JsonAsync("keys", "list")).AsArray()
            .Single(static key => key!["settings"]!["display_name"]!.GetValue<string>() == "first")!;

        string line = Assert.Single(audit.Output.TrimEnd().Split('\n'));
        Assert.Contains($"KeyService/CreateKey name=keys/{first["name"]}", line, StringComparison.Ordinal);
        Assert.Equal(9, first["settings"]!["quota"]!["streams"]!.GetValue<int>());
    }

    [Fact]
    public async Task Audit_Rejected_ListsTheRejectedCallsAlone()
    {
        await JsonAsync("keys", "create", "--name", "app", "--role", "reader");
        await CliRun.OfAsync("models", "--server", _host!.Address.Authority);
        await _host.DisposeAsync();
        _host = null;

        CliRun audit = await CliRun.OfAsync("audit", "--data", _folder.At("data"), "--rejected");

        Assert.Contains("CREDENTIALS_MISSING", audit.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("CreateKey", audit.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerAndFits_WithKey_AreListed()
    {
        Assert.Contains("tokens per text", (await RunAsync("server")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("fits", "list")).ExitCode);
        CliRun missing = await RunAsync("fits", "show", "none");
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("none", missing.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeysCreate_OnTheFolderOfARunningServer_IsRejected()
    {
        CliRun run = await CliRun.OfAsync("keys", "create", "--name", "x", "--role", "admin", "--data", _folder.At("data"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("in use by another server", run.OneLine(), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _embedder.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task WhoAmI_Key_PrintsCallerRoleAndPatterns()
    {
        string secret = (await JsonAsync("keys", "create", "--name", "app", "--role", "reader", "--models", "news-*"))["secret"]!
            .GetValue<string>();
        await File.WriteAllTextAsync(_folder.At("reader"), secret, Token);
        string[] command = ["whoami", "--server", _host!.Address.Authority, "--key-file", _folder.At("reader")];

        CliRun run = await CliRun.OfAsync(command);
        CliRun json = await CliRun.OfAsync([.. command, "--json"]);

        Assert.Contains("reader", run.Output, StringComparison.Ordinal);
        JsonNode caller = JsonNode.Parse(json.Output)!;
        Assert.StartsWith("keys/", caller["name"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(caller["name"]!.GetValue<string>(), run.Output, StringComparison.Ordinal);
        Assert.Equal(["news-*"], caller["model_patterns"]!.AsArray().Select(static pattern => pattern!.GetValue<string>()));
    }

    [Fact]
    public async Task WhoAmI_WithoutKey_FailsAndNamesTheVariable()
    {
        CliRun run = await CliRun.OfAsync("whoami", "--server", _host!.Address.Authority);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("TOPICGRPC_API_KEY", run.OneLine(), StringComparison.Ordinal);
    }

    private async Task<JsonNode> JsonAsync(params string[] arguments)
    {
        CliRun run = await RunAsync([.. arguments, "--json"]);
        Assert.True(run.ExitCode == 0, run.Errors);
        return JsonNode.Parse(run.Output)!;
    }

    private Task<CliRun> RunAsync(params string[] arguments) =>
        CliRun.OfAsync([.. arguments, "--server", _host!.Address.Authority, "--key-file", KeyFile]);
}
