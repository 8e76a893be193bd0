using Grpc.Core;
using TopicGrpc.Client;
using TopicGrpc.Client.Maintenance;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Maintenance;

/// <summary>Backups of a running server, taken by the SDK and restored into another data folder.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Backup => Path.Combine(_folder.Path, "backup");

    private string Restored => Path.Combine(_folder.Path, "restored");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CreateBackup_FittedServer_RestoredServerGivesTheSameAnswers()
    {
        await using TestServer server = await TestServer.FittedAsync();
        using TopicGrpcClient client = new(server.Address);
        PredictResponse before = await server.Predictions.PredictAsync(Question(), cancellationToken: Token);

        BackupResult backup = await client.Maintenance.CreateBackupAsync(Backup, Token);
        BackupSnapshotInfo restored = new BackupFolder(Backup).Restore(Restored, cancellationToken: Token);

        Assert.Equal(backup.Snapshot.Id, restored.Id);
        Assert.Empty(backup.Snapshot.Problems);
        AssertSound(Restored);
        await using TestServer other = await TestServer.StartOnAsync(Restored);
        PredictResponse after = await other.Predictions.PredictAsync(Question(), cancellationToken: Token);
        Assert.Equal(before.Prediction, after.Prediction);
        Assert.Equal(before.ModelVersion, after.ModelVersion);
    }

    [Fact]
    public async Task CreateBackup_AuditLogOfSeveralFiles_IsRestoredAndContinued()
    {
        await using TestServer server = await TestServer.StartAsync(("Audit:MaxFileBytes", "4096"));
        using TopicGrpcClient client = new(server.Address);
        for (int index = 0; index < 40; index++)
        {
            await server.CreateCorpusAsync(FormattableString.Invariant($"c{index}"));
        }

        string[] before = await AuditLinesAsync(server.DataDirectory);
        await client.Maintenance.CreateBackupAsync(Backup, Token);
        new BackupFolder(Backup).Restore(Restored, cancellationToken: Token);

        AssertSound(Restored);
        Assert.Equal(before, await AuditLinesAsync(Restored));
        Assert.InRange(Directory.GetFiles(Path.Combine(Restored, "audit")).Length, 2, 16);
        await using TestServer other = await TestServer.StartOnAsync(Restored);
        await other.CreateCorpusAsync("after");
        await other.StopAsync();
        string[] after = await AuditLinesAsync(Restored);
        Assert.Equal(before, after[..^1]);
        Assert.Contains("corpus_id=after", after[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateBackup_WhileDocumentsArrive_HasEveryDocumentAcknowledgedBefore()
    {
        await using TestServer server = await TestServer.FittedAsync();
        using TopicGrpcClient client = new(server.Address);
        await server.CreateCorpusAsync("stream");
        await using IngestCall call = await IngestCall.OpenAsync(server, "stream", "s");
        long acknowledged = 0;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var sending = Task.Run(
            async () =>
            {
                for (int first = 0; !enough.IsCancellationRequested; first += 20)
                {
                    await call.SendAsync(first, [.. Enumerable.Range(first, 20).Select(static number => Text(number))]);
                    IngestDocumentsResponse.Types.Ack ack = await call.ReadAckAsync();
                    Interlocked.Exchange(ref acknowledged, ack.CommittedOffset);
                }
            },
            Token);

        for (int number = 0; number < 4; number++)
        {
            long before = Interlocked.Read(ref acknowledged);
            await client.Maintenance.CreateBackupAsync(Backup, Token);
            string target = Path.Combine(_folder.Path, $"copy{number}");
            new BackupFolder(Backup).Restore(target, cancellationToken: Token);
            StoredDataTotals totals = AssertSound(target);
            Assert.InRange(totals.Documents, 200 + before, long.MaxValue);
        }

        await enough.CancelAsync();
        await sending;
    }

    [Fact]
    public async Task CreateBackup_Again_ReceivesOnlyWhatChanged()
    {
        await using TestServer server = await TestServer.FittedAsync();
        using TopicGrpcClient client = new(server.Address);
        BackupResult first = await client.Maintenance.CreateBackupAsync(Backup, Token);

        BackupResult second = await client.Maintenance.CreateBackupAsync(Backup, Token);

        Assert.InRange(first.ReceivedBytes, 1, first.Snapshot.TotalBytes);
        Assert.InRange(second.ReceivedBytes, 0, first.ReceivedBytes / 2);
        Assert.Equal(2, new BackupFolder(Backup).List().Count);
    }

    [Fact]
    public async Task Prune_KeepOne_TheNewestIsStillComplete()
    {
        await using TestServer server = await TestServer.FittedAsync();
        using TopicGrpcClient client = new(server.Address);
        BackupResult first = await client.Maintenance.CreateBackupAsync(Backup, Token);
        await server.FillCorpusAsync("more", 50);
        BackupResult second = await client.Maintenance.CreateBackupAsync(Backup, Token);
        BackupFolder backups = new(Backup);

        IReadOnlyList<string> deleted = backups.Prune(1);

        Assert.Equal([first.Snapshot.Id], deleted);
        Assert.Equal([second.Snapshot.Id], backups.List().Select(static snapshot => snapshot.Id));
        Assert.Empty(backups.Verify(Token));
        backups.Restore(Restored, cancellationToken: Token);
        AssertSound(Restored);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Restore_BlockDamagedOrMissing_IsRejectedAndVerifyNamesIt(bool isMissing)
    {
        await using TestServer server = await TestServer.FittedAsync();
        using TopicGrpcClient client = new(server.Address);
        await client.Maintenance.CreateBackupAsync(Backup, Token);
        string block = Directory.GetFiles(Path.Combine(Backup, "blocks"), "*", SearchOption.AllDirectories)
            .MaxBy(static path => new FileInfo(path).Length)!;
        if (isMissing)
        {
            File.Delete(block);
        }
        else
        {
            byte[] bytes = await File.ReadAllBytesAsync(block, Token);
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(block, bytes, Token);
        }

        BackupFolder backups = new(Backup);

        Assert.Contains(Path.GetFileName(block), Assert.Single(backups.Verify(Token)), StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => backups.Restore(Restored, cancellationToken: Token));
        Assert.False(File.Exists(Path.Combine(Restored, "meta.db")));
    }

    [Fact]
    public async Task Restore_FolderWithFiles_IsRejectedAndUnchanged()
    {
        await using TestServer server = await TestServer.StartAsync();
        using TopicGrpcClient client = new(server.Address);
        await client.Maintenance.CreateBackupAsync(Backup, Token);
        Directory.CreateDirectory(Restored);
        await File.WriteAllTextAsync(Path.Combine(Restored, "mine"), "mine", Token);

        Assert.Throws<IOException>(() => new BackupFolder(Backup).Restore(Restored, cancellationToken: Token));

        Assert.Equal([Path.Combine(Restored, "mine")], Directory.GetFileSystemEntries(Restored));
    }

    [Fact]
    public async Task CreateBackup_DamagedCorpus_IsReportedAndTheRestIsCopied()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.FillCorpusAsync("other", 20);
        await server.StopAsync();
        Damage.Flip(Path.Combine(server.DataDirectory, "corpora", "other", "documents.log"));
        await server.StartAgainAsync();
        using TopicGrpcClient client = new(server.Address);

        BackupResult backup = await client.Maintenance.CreateBackupAsync(Backup, Token);

        Assert.StartsWith("corpora/other", Assert.Single(backup.Snapshot.Problems), StringComparison.Ordinal);
        new BackupFolder(Backup).Restore(Restored, cancellationToken: Token);
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(server.DataDirectory, "corpora", "other", "documents.log"), Token),
            await File.ReadAllBytesAsync(Path.Combine(Restored, "corpora", "other", "documents.log"), Token));
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(int.MaxValue)]
    public async Task CreateBackup_BlockThatWasNotOffered_NamesTheFieldAndTheLimit(int block)
    {
        await using TestServer server = await TestServer.StartAsync();
        using AsyncDuplexStreamingCall<CreateBackupRequest, CreateBackupResponse> call =
            new MaintenanceService.MaintenanceServiceClient(server.Channel).CreateBackup(cancellationToken: Token);
        await call.RequestStream.WriteAsync(new CreateBackupRequest { Open = new() }, Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));
        Assert.True(await call.ResponseStream.MoveNext(Token));

        await call.RequestStream.WriteAsync(new CreateBackupRequest { Request = new() { Blocks = { block } } }, Token);

        RpcException failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Token));
        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Contains("request.blocks[0]", failure.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/etc/passwd")]
    [InlineData("corpora//x")]
    [InlineData("a/./b")]
    [InlineData("a\\b")]
    [InlineData("")]
    public void Restore_SnapshotWithAPathOutsideTheFolder_IsRejected(string path)
    {
        Directory.CreateDirectory(Path.Combine(Backup, "snapshots"));
        string json = System.Text.Json.JsonSerializer.Serialize(new
        {
            format = 1,
            created = DateTimeOffset.UnixEpoch,
            folderId = "f",
            serverVersion = "1",
            blockBytes = 1,
            files = new[] { new { path, size = 0, blocks = Array.Empty<string>() } },
            problems = Array.Empty<string>(),
        });
        File.WriteAllText(Path.Combine(Backup, "snapshots", "x.json"), json);

        InvalidDataException rejected = Assert.Throws<InvalidDataException>(
            () => new BackupFolder(Backup).Restore(Restored, cancellationToken: Token));

        Assert.Contains($"'{path}'", rejected.Message, StringComparison.Ordinal);
    }

    private static async Task<string[]> AuditLinesAsync(string data)
    {
        List<string> lines = [];
        foreach (string path in Directory.GetFiles(Path.Combine(data, "audit")).Order(StringComparer.Ordinal))
        {
            await using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using StreamReader reader = new(stream);
            lines.AddRange((await reader.ReadToEndAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        return [.. lines];
    }

    private static StoredDataTotals AssertSound(string folder)
    {
        List<string> problems = [];
        StoredDataTotals totals = StoredData.Verify(folder, (_, subject, message) => problems.Add($"{subject}: {message}"), Token);
        Assert.Empty(problems);
        return totals;
    }

    private static PredictRequest Question() => new()
    {
        Selector = new ModelSelector { Model = "models/m" },
        Text = ThemedTexts.Text(3),
    };

    private static Document Text(int number) => new() { Id = $"d{number}", Text = ThemedTexts.Text(number) };
}
