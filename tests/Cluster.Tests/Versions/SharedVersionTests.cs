using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Maintenance;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Operations;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Settings;
using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.Tests.ObjectStore;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Server;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests.Versions;

/// <summary>Versions of a member in the object store: published, fetched, verified, deleted, backed up.</summary>
public sealed class SharedVersionTests(PostgresServer postgres) : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeEmbedder _embedder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fit_OnAMember_IsServedByAMemberThatStartsLater()
    {
        string connectionString = postgres.CreateDatabase();
        Prediction expected;
        await using (ServerHost first = await StartAsync("first", connectionString))
        {
            using TopicGrpcClient client = new(first.Address);
            expected = await FitAsync(client);
            Assert.Empty(Directory.GetDirectories(_folder.At("first/models"), "*", SearchOption.TopDirectoryOnly)
                .SelectMany(static model => Directory.GetDirectories(Path.Combine(model, "versions"))));
            Assert.Single(CopiesOf("first"));
        }

        await using ServerHost second = await StartAsync("second", connectionString);

        // In service, so it is loaded before the server listens.
        Assert.Single(CopiesOf("second"));
        using TopicGrpcClient other = new(second.Address);
        Prediction actual = await other.PredictAsync("news", ThemedTexts.Text(7), cancellationToken: Token);
        Assert.Equal((expected.TopicUid, expected.Probability), (actual.TopicUid, actual.Probability));
    }

    [Fact]
    public async Task DeriveAndImport_AtOneMember_AreServedByAnotherThatRuns()
    {
        string connectionString = postgres.CreateDatabase();
        await using ServerHost first = await StartAsync("first", connectionString);
        await using ServerHost second = await StartAsync("second", connectionString);
        using TopicGrpcClient one = new(first.Address);
        using TopicGrpcClient two = new(second.Address);
        Prediction fitted = await FitAsync(one);

        FitHandle derivation = await two.Models.DeriveAsync(
            "news@1", new SetTopicLabels(new Dictionary<int, string> { [0] = "first" }), cancellationToken: Token);
        FitResult derived = await derivation.WaitAsync(cancellationToken: Token);
        await two.Models.ExportAsync("news@2", _folder.At("export"), Token);
        ModelVersion imported = await two.Models.ImportAsync(
            "copy", _folder.At("export"), new ImportOptions { Labels = ["stable"] }, Token);

        // A model in the format of BERTopic predicts by centroid and has new uids, so only the members are compared.
        Assert.Equal((2, 1), (derived.Version, imported.Version));
        Prediction copied = await two.PredictAsync("copy", ThemedTexts.Text(7), cancellationToken: Token);
        Prediction other = await one.PredictAsync("copy", ThemedTexts.Text(7), cancellationToken: Token);
        Assert.Equal((copied.TopicUid, copied.Probability), (other.TopicUid, other.Probability));
        foreach (TopicGrpcClient client in (TopicGrpcClient[])[one, two])
        {
            Prediction changed = await client.PredictAsync("news@2", ThemedTexts.Text(7), cancellationToken: Token);
            Assert.Equal((fitted.TopicUid, fitted.Probability), (changed.TopicUid, changed.Probability));
        }

        Assert.Empty((await one.Maintenance.VerifyAsync(Token)).Problems);
    }

    [Fact]
    public async Task Start_FolderOfAnInterruptedPublication_IsDeleted()
    {
        string left = _folder.At("data/models/news/versions/7");
        string connectionString = postgres.CreateDatabase();
        await using (await StartAsync("data", connectionString))
        {
            Directory.CreateDirectory(left);
            await File.WriteAllTextAsync(Path.Combine(left, "manifest.json"), "{}", Token);
        }

        await using ServerHost again = await StartAsync("data", connectionString);

        Assert.False(Directory.Exists(left));
        using TopicGrpcClient client = new(again.Address);
        Assert.Empty((await client.Server.GetInfoAsync(Token)).StorageWarnings);
        Assert.Empty((await client.Maintenance.VerifyAsync(Token)).Problems);
    }

    [Fact]
    public async Task Start_CopyIsDamaged_FetchesItAgain()
    {
        string connectionString = postgres.CreateDatabase();
        await using (ServerHost host = await StartAsync("data", connectionString))
        {
            using TopicGrpcClient client = new(host.Address);
            await FitAsync(client);
        }

        string damaged = Directory.GetFiles(Path.Combine(CopiesOf("data").Single(), "files"))
            .MaxBy(static file => new FileInfo(file).Length)!;
        await File.WriteAllBytesAsync(damaged, new byte[10], Token);
        await using ServerHost again = await StartAsync("data", connectionString);

        using TopicGrpcClient user = new(again.Address);
        await user.PredictAsync("news", ThemedTexts.Text(7), cancellationToken: Token);
        Assert.True(new FileInfo(damaged).Length > 10);
    }

    [Fact]
    public async Task DeleteVersion_OfAMember_DeletesItsObjects()
    {
        await using ServerHost host = await StartAsync(
            "data", postgres.CreateDatabase(), ("DeletionDelay", "00:00:00"), ("SweepInterval", "1.00:00:00"));
        using TopicGrpcClient client = new(host.Address);
        await FitAsync(client);
        ContentStore contents = host.Services.GetRequiredService<ContentStore>();
        IReadOnlyList<string> first = await contents.KeysAsync(ArtifactKeys.Prefix);
        await client.IngestAsync("news", Documents(120, 30), cancellationToken: Token);
        await client.FitAsync(new FitRequest("news", "news") { Settings = Settings, Labels = ["stable"] }, cancellationToken: Token);

        await client.Models.DeleteVersionAsync("news", 1, cancellationToken: Token);
        await host.Services.GetRequiredService<ArtifactSweep>().RunAsync(Token);

        IReadOnlyList<string> left = await contents.KeysAsync(ArtifactKeys.Prefix);
        Assert.NotEmpty(first.Except(left));
        Assert.Single(CopiesOf("data"));
        DataVerification verified = await client.Maintenance.VerifyAsync(Token);
        Assert.Empty(verified.Problems);
        Assert.True(verified.ReadBytes > 0);
    }

    [Fact]
    public async Task Verify_ObjectIsMissing_IsReported()
    {
        await using ServerHost host = await StartAsync("data", postgres.CreateDatabase());
        using TopicGrpcClient client = new(host.Address);
        await FitAsync(client);
        ContentStore contents = host.Services.GetRequiredService<ContentStore>();
        foreach (string key in (await contents.KeysAsync(ArtifactKeys.Prefix)).Take(1))
        {
            await contents.DeleteAsync(key, Token);
        }

        DataVerification verified = await client.Maintenance.VerifyAsync(Token);

        Assert.Contains("does not exist", Assert.Single(verified.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateBackup_OfAMember_IsAWholeFolderOfASingleServer()
    {
        string connectionString = postgres.CreateDatabase();
        Prediction expected;
        await using (ServerHost host = await StartAsync("data", connectionString))
        {
            using TopicGrpcClient client = new(host.Address);
            expected = await FitAsync(client);
            await client.Maintenance.CreateBackupAsync(_folder.At("backup"), Token);
        }

        new BackupFolder(_folder.At("backup")).Restore(_folder.At("restored"), cancellationToken: Token);
        await using ServerHost restored = await ServerHost.StartAsync(
            new ServerSettings { DataDirectory = _folder.At("restored"), Embedder = _embedder }, Token);
        using TopicGrpcClient user = new(restored.Address);
        Prediction actual = await user.PredictAsync("news", ThemedTexts.Text(7), cancellationToken: Token);
        Assert.Equal((expected.TopicUid, expected.Probability), (actual.TopicUid, actual.Probability));
        Assert.Equal(120, (await user.Corpora.GetAsync("news", Token)).DocumentCount);
    }

    public void Dispose()
    {
        _embedder.Dispose();
        _folder.Dispose();
    }

    private static FitSettings Settings => new() { MinTopicSize = 20 };

    private static async Task<Prediction> FitAsync(TopicGrpcClient client)
    {
        await client.IngestAsync("news", Documents(0, 120), cancellationToken: Token);
        await client.FitAsync(new FitRequest("news", "news") { Settings = Settings, Labels = ["stable"] }, cancellationToken: Token);
        return await client.PredictAsync("news", ThemedTexts.Text(7), cancellationToken: Token);
    }

    private static IAsyncEnumerable<TopicDocument> Documents(int first, int count) => Enumerable.Range(first, count)
        .Select(static index => new TopicDocument(FormattableString.Invariant($"d{index:000}"), ThemedTexts.Text(index)))
        .ToAsyncEnumerable();

    private string[] CopiesOf(string folder) => Directory.GetDirectories(_folder.At(folder + "/artifacts"));

    private Task<ServerHost> StartAsync(string folder, string connectionString, params (string Key, string Value)[] options) =>
        MemberHost.StartAsync(
            _folder.At(folder),
            _embedder,
            [
                .. options.Select(static option => ("Cluster:ObjectStore:" + option.Key, (string?)option.Value)),
                ("Cluster:Postgres:ConnectionString", connectionString),
                ("Cluster:ObjectStore:Folder", _folder.At("store")),
            ],
            Token);
}
