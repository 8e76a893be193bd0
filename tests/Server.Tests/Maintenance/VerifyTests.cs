using Microsoft.Data.Sqlite;
using TopicGrpc.Client;
using TopicGrpc.Client.Maintenance;
using TopicGrpc.Testing;

namespace TopicGrpc.Server.Tests.Maintenance;

/// <summary>Every part of a data folder is damaged in turn; the verification names each, online and offline.</summary>
public sealed class VerifyTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Verify_SoundFolder_FindsNothingOnlineAndOffline()
    {
        await using TestServer server = await TestServer.FittedAsync();
        using TopicGrpcClient client = new(server.Address);

        DataVerification online = await client.Maintenance.VerifyAsync(Token);
        DataVerification offline = Offline(server.DataDirectory);

        Assert.Empty(online.Problems);
        Assert.Equal((1, 200L, 1), (online.CorpusCount, online.DocumentCount, online.VersionCount));
        Assert.Equal((0, 0), (online.ErrorCount, online.WarningCount));
        Assert.Equal(online with { Problems = offline.Problems }, offline);
    }

    [Fact]
    public async Task Verify_EveryFileOfTheFolderDamaged_NamesEach()
    {
        string data = await FittedFolderAsync();
        string[] files =
        [
            .. Directory.GetFiles(data, "*", SearchOption.AllDirectories)
                .Where(static path => Path.GetFileName(path) is not ("LOCK" or "meta.db" or "meta.db-wal" or "meta.db-shm" or "RESERVE"))
                .Where(static path => Path.GetExtension(path) != ".jsonl" && new FileInfo(path).Length > 0),
        ];
        Assert.InRange(files.Length, 10, 200);

        foreach (string file in files)
        {
            byte[] sound = await File.ReadAllBytesAsync(file, Token);
            Damage.Flip(file);
            DataVerification found = Offline(data);
            await File.WriteAllBytesAsync(file, sound, Token);
            Assert.True(found.Problems.Count > 0, $"damage of {Path.GetRelativePath(data, file)} was not found");
        }

        Assert.Empty(Offline(data).Problems);
    }

    // One bit of a text in a line of the audit log cannot be noticed: the lines have no checksums.
    [Theory]
    [InlineData("{\"time\":\"2026\n", "Line 1 is no entry")]
    [InlineData("[]\n", "Line 1 is no entry")]
    [InlineData("{\"time\":\"today\",\"caller\":\"a\",\"method\":\"m\",\"outcome\":\"OK\"}\n", "Line 1 is no entry")]
    [InlineData("\n", "Line 1 is no entry")]
    public async Task Verify_AuditLogDamaged_NamesFileAndLine(string damaged, string message)
    {
        string data = await FittedFolderAsync();
        string file = Assert.Single(Directory.GetFiles(Path.Combine(data, "audit")));
        await File.WriteAllTextAsync(file, damaged + await File.ReadAllTextAsync(file, Token), Token);

        DataProblem problem = Assert.Single(Offline(data).Problems);

        Assert.Equal((true, "audit/audit-00000001.jsonl"), (problem.IsError, problem.Subject));
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_AuditLogWithAnIncompleteLineOrAMissingFile_OnlyTheMissingFileIsAProblem()
    {
        string data = await FittedFolderAsync();
        string first = Path.Combine(data, "audit", "audit-00000001.jsonl");
        await File.AppendAllTextAsync(first, "{\"time\":\"20", Token);
        Assert.Empty(Offline(data).Problems);

        File.Copy(first, Path.Combine(data, "audit", "audit-00000003.jsonl"));

        DataProblem problem = Assert.Single(Offline(data).Problems);
        Assert.Equal("audit/audit-00000003.jsonl", problem.Subject);
        Assert.Contains("between number 1 and this one are missing", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FOLDER", "FOLDER", true)]
    [InlineData("corpora/news/documents.log", "corpora/news", true)]
    [InlineData("corpora/news/corpus.id", "corpora/news", true)]
    [InlineData("models/m/versions/1/manifest.json", "models/m/versions/1", true)]
    public async Task Verify_FileMissing_NamesTheResource(string file, string subject, bool isError)
    {
        string data = await FittedFolderAsync();
        File.Delete(Path.Combine(data, file));

        DataProblem problem = Assert.Single(Offline(data).Problems);

        Assert.Equal((subject, isError), (problem.Subject, problem.IsError));
    }

    [Fact]
    public async Task Verify_FoldersMissingAndStray_ErrorsAndWarnings()
    {
        string data = await FittedFolderAsync();
        Directory.Move(Path.Combine(data, "corpora", "news"), Path.Combine(data, "corpora", "old"));
        Directory.Move(Path.Combine(data, "models", "m", "versions", "1"), Path.Combine(data, "models", "m", "versions", "7"));
        Directory.CreateDirectory(Path.Combine(data, "quarantine", "q"));

        DataVerification found = Offline(data);

        Assert.Equal(
            [
                (true, "corpora/news"),
                (true, "models/m/versions/1"),
                (false, "corpora/old"),
                (false, "models/m/versions/7"),
                (false, "quarantine/q"),
            ],
            found.Problems.Select(static problem => (problem.IsError, problem.Subject)));
        Assert.Equal((2, 3), (found.ErrorCount, found.WarningCount));
    }

    [Fact]
    public async Task Verify_LabelWithoutVersion_NamesTheModel()
    {
        string data = await FittedFolderAsync();
        await using (SqliteConnection connection = new($"Data Source={Path.Combine(data, "meta.db")};Pooling=False;Foreign Keys=False"))
        {
            await connection.OpenAsync(Token);
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE labels SET number = 9";
            Assert.Equal(1, await command.ExecuteNonQueryAsync(Token));
        }

        DataProblem problem = Assert.Single(Offline(data).Problems);

        Assert.Equal((true, "models/m"), (problem.IsError, problem.Subject));
        Assert.Contains("'stable'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_DatabaseDamaged_SaysSo()
    {
        string data = await FittedFolderAsync();
        await File.WriteAllTextAsync(Path.Combine(data, "meta.db"), new string('x', 8192), Token);
        File.Delete(Path.Combine(data, "meta.db-wal"));

        DataProblem problem = Assert.Single(Offline(data).Problems);

        Assert.Equal((true, "meta.db"), (problem.IsError, problem.Subject));
    }

    private static DataVerification Offline(string data)
    {
        List<DataProblem> problems = [];
        StoredDataTotals totals = StoredData.Verify(
            data, (isError, subject, message) => problems.Add(new DataProblem(isError, subject, message)), Token);
        return new DataVerification(
            problems, totals.Corpora, totals.Documents, totals.Versions, totals.ReadBytes, totals.Errors, totals.Warnings);
    }

    private async Task<string> FittedFolderAsync()
    {
        await using TestServer server = await TestServer.FittedOnAsync(_folder.Path);
        await server.StopAsync();
        return _folder.Path;
    }
}
