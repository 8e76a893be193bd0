using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Maintenance;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Settings;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Server;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests;

/// <summary>A whole server with its metadata in PostgreSQL, used by the SDK.</summary>
public sealed class ServerOnPostgresTests(PostgresServer postgres) : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeEmbedder _embedder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fit_OnPostgres_HasTheSameFilesAsOnSqlite()
    {
        string connectionString = postgres.CreateDatabase();
        IReadOnlyList<ModelFile> expected = await FitAndExportAsync("sqlite", string.Empty);

        IReadOnlyList<ModelFile> actual = await FitAndExportAsync("postgres", connectionString);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, actual);
        Assert.False(File.Exists(_folder.At("postgres/meta.db")));
    }

    [Fact]
    public async Task Start_FolderWithSqlite_MovesTheMetadataAndAnswersAsBefore()
    {
        string connectionString = postgres.CreateDatabase();
        Prediction before;
        await using (ServerHost host = await StartAsync("data", string.Empty))
        {
            using TopicGrpcClient client = new(host.Address);
            await FitAsync(client);
            before = await client.PredictAsync("news", ThemedTexts.Text(7), cancellationToken: Token);
        }

        await using (ServerHost host = await StartAsync("data", connectionString))
        {
            using TopicGrpcClient client = new(host.Address);
            await RequireSameAsync(client, before);
            FitResult second = await client.FitAsync(new FitRequest("news", "news") { Settings = Settings }, cancellationToken: Token);
            Assert.Equal(2, second.Version);
        }

        Assert.False(File.Exists(_folder.At("data/meta.db")));
        Assert.True(File.Exists(_folder.At("data/meta.db.imported")));
        await using ServerHost restarted = await StartAsync("data", connectionString);
        using TopicGrpcClient again = new(restarted.Address);
        await RequireSameAsync(again, before);
    }

    [Fact]
    public async Task CreateBackup_OnPostgres_IsAWholeFolderOfSqlite()
    {
        string connectionString = postgres.CreateDatabase();
        Prediction before;
        await using (ServerHost host = await StartAsync("data", connectionString))
        {
            using TopicGrpcClient client = new(host.Address);
            await FitAsync(client);
            before = await client.PredictAsync("news", ThemedTexts.Text(7), cancellationToken: Token);
            Assert.Empty((await client.Maintenance.VerifyAsync(Token)).Problems);
            await client.Maintenance.CreateBackupAsync(_folder.At("backup"), Token);
        }

        new BackupFolder(_folder.At("backup")).Restore(_folder.At("restored"), cancellationToken: Token);
        await using ServerHost restored = await StartAsync("restored", string.Empty);
        using TopicGrpcClient user = new(restored.Address);
        await RequireSameAsync(user, before);
    }

    [Fact]
    public async Task Calls_PostgresIsAway_PredictContinuesAndChangesSucceedAfterwards()
    {
        using PostgresServer own = new();
        string connectionString = own.CreateDatabase();
        await using ServerHost host = await StartAsync("data", connectionString);
        using TopicGrpcClient client = new(host.Address);
        await FitAsync(client);
        Prediction before = await client.PredictAsync("news", ThemedTexts.Text(7), cancellationToken: Token);

        own.Crash();
        Prediction meanwhile = await client.PredictAsync("news", ThemedTexts.Text(7), cancellationToken: Token);
        Task<CorpusInfo> created = client.Corpora.CreateAsync("later", cancellationToken: Token);
        await client.IngestAsync("news", Documents(120, 10), cancellationToken: Token);
        Assert.False(created.IsCompletedSuccessfully);
        own.Start();

        Assert.Equal(before.Probability, meanwhile.Probability);
        await created;
        await client.Models.SetLabelAsync("news", "next", 1, Token);
        Assert.Equal(130, (await client.Corpora.GetAsync("news", Token)).DocumentCount);
        List<CorpusInfo> corpora = await client.Corpora.ListAsync(Token).ToListAsync(Token);
        Assert.Equal(["later", "news"], corpora.Select(static corpus => corpus.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Start_ConnectionStringIsWrong_NamesTheOption()
    {
        ServerStartException failure = await Assert.ThrowsAsync<ServerStartException>(() => StartAsync("data", "Host=h;Bogus=hunter2"));

        Assert.Contains("Cluster:Postgres:ConnectionString", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, failure.ExitCode);
    }

    public void Dispose()
    {
        _embedder.Dispose();
        _folder.Dispose();
    }

    private static FitSettings Settings => new() { MinTopicSize = 20 };

    private static async Task FitAsync(TopicGrpcClient client)
    {
        await client.IngestAsync("news", Documents(0, 120), cancellationToken: Token);
        await client.FitAsync(new FitRequest("news", "news") { Settings = Settings, Labels = ["stable"] }, cancellationToken: Token);
    }

    private static IAsyncEnumerable<TopicDocument> Documents(int first, int count) => Enumerable.Range(first, count)
        .Select(static index => new TopicDocument(FormattableString.Invariant($"d{index:000}"), ThemedTexts.Text(index)))
        .ToAsyncEnumerable();

    private static async Task RequireSameAsync(TopicGrpcClient client, Prediction before)
    {
        Prediction after = await client.PredictAsync("news", ThemedTexts.Text(7), cancellationToken: Token);
        Assert.Equal((before.TopicId, before.TopicUid, before.Name), (after.TopicId, after.TopicUid, after.Name));
        Assert.Equal(before.Probability, after.Probability);
        Assert.Equal(1, (await client.Models.GetAsync("news", Token)).Labels["stable"]);
        Assert.Equal(120, (await client.Corpora.GetAsync("news", Token)).DocumentCount);
    }

    private async Task<IReadOnlyList<ModelFile>> FitAndExportAsync(string folder, string connectionString)
    {
        await using ServerHost host = await StartAsync(folder, connectionString);
        using TopicGrpcClient client = new(host.Address);
        await FitAsync(client);
        return (await client.Models.ExportAsync("news", _folder.At(folder + "-export"), Token)).Files;
    }

    private Task<ServerHost> StartAsync(string folder, string connectionString) => ServerHost.StartAsync(
        new ServerSettings
        {
            DataDirectory = _folder.At(folder),
            Embedder = _embedder,
            Configuration = new Dictionary<string, string?> { ["Cluster:Postgres:ConnectionString"] = connectionString },
            Compose = ClusterRegistration.AddCluster,
        },
        Token);
}
