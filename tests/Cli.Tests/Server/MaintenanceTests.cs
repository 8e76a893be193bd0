using System.Text.Json.Nodes;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Server;

public sealed class MaintenanceTests(FittedServer server) : IClassFixture<FittedServer>
{
    [Fact]
    public async Task BackupRestoreVerify_FittedServer_AgreeOnWhatIsStored()
    {
        using TempFolder folder = new();
        string backup = Path.Combine(folder.Path, "backup");
        string data = Path.Combine(folder.Path, "data");

        JsonNode created = await server.JsonAsync("backup", backup, "--keep", "2");
        CliRun restored = await CliRun.OfAsync("restore", backup, "--data", data);
        JsonNode online = await server.JsonAsync("verify");
        CliRun offline = await CliRun.OfAsync("verify", "--data", data);
        CliRun blocks = await CliRun.OfAsync("verify", "--backup", backup);

        Assert.Contains(created["snapshot"]!["id"]!.GetValue<string>(), restored.Output, StringComparison.Ordinal);
        Assert.Equal((200, 0), (online["document_count"]!.GetValue<int>(), online["error_count"]!.GetValue<int>()));
        Assert.Equal((ExitCodes.Ok, ExitCodes.Ok, ExitCodes.Ok), (restored.ExitCode, offline.ExitCode, blocks.ExitCode));
        Assert.StartsWith("0 errors, 0 warnings; read 1 corpora, 200 documents, 1 versions", offline.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_DamagedFolder_ListsItAndFails()
    {
        using TempFolder folder = new();
        string backup = Path.Combine(folder.Path, "backup");
        string data = Path.Combine(folder.Path, "data");
        await server.JsonAsync("backup", backup);
        await CliRun.OfAsync("restore", backup, "--data", data);
        File.Delete(Path.Combine(data, "corpora", "news", "documents.log"));

        CliRun run = await CliRun.OfAsync("verify", "--data", data);

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.StartsWith("error: corpora/news: documents.log is missing.", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify", "--data", "no-such-folder")]
    [InlineData("verify", "--backup", "no-such-folder")]
    [InlineData("verify", "--backup", "a", "--data", "b")]
    [InlineData("backup", "x", "--keep", "0")]
    [InlineData("restore", "x")]
    public async Task Maintenance_BadInput_OneLineAndExitCodeTwo(params string[] arguments)
    {
        CliRun run = await CliRun.OfAsync(arguments);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.StartsWith("topicgrpc: ", run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_FolderWithoutBackup_SaysSo()
    {
        using TempFolder folder = new();

        CliRun run = await CliRun.OfAsync("restore", folder.Path, "--data", Path.Combine(folder.Path, "data"));

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("contains no backup", run.OneLine(), StringComparison.Ordinal);
    }
}
