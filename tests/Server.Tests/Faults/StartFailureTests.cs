using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using TopicGrpc.Server.Storage;
using TopicGrpc.Testing;

namespace TopicGrpc.Server.Tests.Faults;

/// <summary>Failed starts name the real cause (F16, F18b, V02, V07) and lost parts are never taken for a new folder (F6, F22).</summary>
public sealed class StartFailureTests
{
    private const int DataError = 78;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAsync_ReadOnlyFileSystem_SaysReadOnly()
    {
        using SmallDisk disk = Mount();
        Assert.True(disk.MakeReadOnly());

        Assert.Contains("read-only", (await FailAsync(Path.Combine(disk.Path, "data"))).Message, StringComparison.Ordinal);
        Assert.Contains("read-only", (await FailAsync(disk.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_NewFolderOnFullDisk_SaysFull()
    {
        using SmallDisk disk = Mount();
        disk.Fill();

        ServerStartException failure = await FailAsync(Path.Combine(disk.Path, "data"));

        Assert.Contains("full", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("restore", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_PathIsNoFolder_NamesTheFile()
    {
        using TempFolder folder = new();
        string file = Path.Combine(folder.Path, "file");
        await File.WriteAllTextAsync(file, "text", Token);

        Assert.Contains("is a file", (await FailAsync(file)).Message, StringComparison.Ordinal);
        Assert.Contains($"'{file}' is a file", (await FailAsync(Path.Combine(file, "below"))).Message, StringComparison.Ordinal);
        Assert.Contains("300 bytes", (await FailAsync(Path.Combine(folder.Path, new string('n', 300)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_LockIsAFolder_SaysSo()
    {
        using TempFolder folder = new();
        Directory.CreateDirectory(Path.Combine(folder.Path, "LOCK"));

        ServerStartException failure = await FailAsync(folder.Path);

        Assert.Contains("LOCK", failure.Message, StringComparison.Ordinal);
        Assert.Contains("is a folder", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, failure.ExitCode);
    }

    [Theory]
    [InlineData("meta.db")]
    [InlineData("FOLDER")]
    public async Task StartAsync_PartIsLost_ChangesNothingAndAsksForARestore(string lost)
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.StopAsync();
        string path = Path.Combine(server.DataDirectory, lost);
        File.Move(path, path + ".kept");
        string[] before = Entries(server.DataDirectory);

        ServerStartException failure = await FailAsync(server.DataDirectory);

        Assert.Equal(DataError, failure.ExitCode);
        Assert.Contains(lost, failure.Message, StringComparison.Ordinal);
        Assert.Contains("restore", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, Entries(server.DataDirectory));
        File.Move(path + ".kept", path);
        await server.StartAgainAsync();
        Assert.Single((await server.Models.ListVersionsAsync(new() { Parent = "models/m" }, cancellationToken: Token)).ModelVersions);
    }

    [Theory]
    [InlineData("models")]
    [InlineData("corpora")]
    public async Task StartAsync_FolderNotMounted_IsRejected(string lost)
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.StopAsync();
        string path = Path.Combine(server.DataDirectory, lost);
        Directory.Move(path, path + ".kept");

        Assert.Equal(DataError, (await FailAsync(server.DataDirectory)).ExitCode);
        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public async Task StartAsync_ModelsEmpty_IsRejected()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.StopAsync();
        string path = Path.Combine(server.DataDirectory, "models");
        Directory.Move(path, path + ".kept");
        Directory.CreateDirectory(path);

        ServerStartException failure = await FailAsync(server.DataDirectory);

        Assert.Equal(DataError, failure.ExitCode);
        Assert.Contains("mounted", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_DatabaseOfAnotherFolder_IsRejected()
    {
        await using TestServer first = await TestServer.StartAsync();
        await using TestServer second = await TestServer.StartAsync();
        await first.StopAsync();
        await second.StopAsync();
        File.Copy(Path.Combine(first.DataDirectory, "meta.db"), Path.Combine(second.DataDirectory, "meta.db"), overwrite: true);

        ServerStartException failure = await FailAsync(second.DataDirectory);

        Assert.Equal(DataError, failure.ExitCode);
        Assert.Contains("another data folder", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_FolderWithoutId_IsUpgradedAfterABackup()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.StopAsync();
        MakeSchema3(server.DataDirectory);

        await server.StartAgainAsync();

        Assert.Single((await server.Models.ListVersionsAsync(new() { Parent = "models/m" }, cancellationToken: Token)).ModelVersions);
        Assert.True(File.Exists(Path.Combine(server.DataDirectory, "FOLDER")));
        Assert.Equal(3, Scalar(Path.Combine(server.DataDirectory, "meta.db.schema3"), "PRAGMA user_version"));
        Assert.Equal(1, Scalar(Path.Combine(server.DataDirectory, "meta.db.schema3"), "SELECT count(*) FROM versions"));
    }

    [Fact]
    public async Task StartAsync_DamagedDatabase_IsNoticedAndUnchanged()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.StopAsync();
        string path = Path.Combine(server.DataDirectory, "meta.db");
        byte[] content = await File.ReadAllBytesAsync(path, Token);
        Array.Fill(content, (byte)0xA5, content.Length / 2, content.Length / 4);
        await File.WriteAllBytesAsync(path, content, Token);

        ServerStartException failure = await FailAsync(server.DataDirectory);

        Assert.Equal(DataError, failure.ExitCode);
        Assert.Contains("damaged", failure.Message, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllBytesAsync(path, Token));
    }

    [Fact]
    public async Task Restart_DeletionAndPublicationInterrupted_AreFinished()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.StopAsync();
        string versions = Path.Combine(server.DataDirectory, "models", "m", "versions");
        CopyFolder(Path.Combine(versions, "1"), Path.Combine(versions, "2"));
        CopyFolder(Path.Combine(versions, "1"), Path.Combine(versions, "9"));
        Execute(server.DataDirectory, "INSERT INTO pending_folders (model, number) VALUES ('m', 2)");

        await server.StartAgainAsync();

        Assert.False(Directory.Exists(Path.Combine(versions, "2")));
        Assert.True(Directory.Exists(Path.Combine(versions, "9")), "a version without a row stays in place");
        Assert.Single((await server.Models.ListVersionsAsync(new() { Parent = "models/m" }, cancellationToken: Token)).ModelVersions);
    }

    [Theory]
    [InlineData("ulimit -n 64")]
    [InlineData("export DOTNET_EnableWriteXorExecute=0; ulimit -f 8")]
    public async Task Process_LimitTooSmall_EndsWithOneLineAndNoSignal(string limit)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limits of a process are set by a shell.");
        using TempFolder folder = new();
        string command = $"{limit}; exec dotnet '{typeof(ServerHost).Assembly.Location}' --Storage:Directory '{folder.Path}/data' "
            + $"--Server:Port 0 --Embedding:Directory '{folder.Path}/none'";
        using Process process = Process.Start(new ProcessStartInfo("bash", ["-c", command])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(Token);
        string errors = await process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        await output;

        Assert.Equal(1, process.ExitCode);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static SmallDisk Mount()
    {
        var disk = SmallDisk.TryMount(24);
        Assert.SkipWhen(disk is null, "Only root can mount a small file system.");
        return disk!;
    }

    private static async Task<ServerStartException> FailAsync(string directory)
    {
        using FakeEmbedder embedder = new();
        return await Assert.ThrowsAsync<ServerStartException>(() =>
            ServerHost.StartAsync(new ServerSettings { DataDirectory = directory, Embedder = embedder }, Token));
    }

    private static string[] Entries(string directory) =>
        [.. Directory.EnumerateFileSystemEntries(directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static void MakeSchema3(string directory)
    {
        File.Delete(Path.Combine(directory, "FOLDER"));
        Execute(
            directory,
            "DROP TABLE meta; DROP TABLE pending_folders; DROP TABLE keys; ALTER TABLE fits DROP COLUMN created_by; "
            + "DROP TABLE erasures; ALTER TABLE corpora DROP COLUMN retention; "
            + "ALTER TABLE corpora DROP COLUMN given_dimension; ALTER TABLE corpora DROP COLUMN given_encoder; PRAGMA user_version = 3");
    }

    [SuppressMessage("Security", "CA2100", Justification = "The statements are constants of these tests.")]
    private static void Execute(string directory, string sql)
    {
        using SqliteConnection connection = Open(Path.Combine(directory, "meta.db"));
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Scalar(string path, string sql)
    {
        using SqliteConnection connection = Open(path);
        return connection.Query(sql, static row => row.GetInt64(0))[0];
    }

    private static SqliteConnection Open(string path)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static void CopyFolder(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (string file in Directory.GetFiles(source))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }
    }
}
