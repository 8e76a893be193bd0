using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Operations;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Settings;
using TopicGrpc.Client.Topics;
using TopicGrpc.Cluster.Importing;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Storage.Sqlite;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests.Importing;

/// <summary>The data of a single server is brought into an empty cluster, whose members serve it afterwards.</summary>
public sealed class SingleServerImportTests(PostgresServer postgres) : IDisposable
{
    private const int Count = 120;

    private readonly TempFolder _folder = new();
    private readonly FakeEmbedder _embedder = new();
    private readonly Lazy<string> _database = new(postgres.CreateDatabase);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ListDocumentsOptions Assigned => new() { Corpus = "archive" };

    [Fact]
    public async Task Run_DataOfASingleServer_IsServedByARunningMember()
    {
        (Prediction expected, DocumentTopic[] assigned) = await FillAsync();
        await using ServerHost member = await StartMemberAsync("member");
        using TopicGrpcClient client = new(member.Address);
        List<string> progress = [];

        ImportedData imported = await Import().RunAsync(progress.Add, Token);

        Assert.Equal(new ImportedData(2, Count + 40, 2), imported);
        Assert.Equal(
            ["corpora/archive", "corpora/news", "models/news/versions/1", "models/news/versions/2"], progress);
        Prediction actual = await client.PredictAsync("news@stable", ThemedTexts.Text(7), cancellationToken: Token);
        Assert.Equal((2L, expected.TopicUid, expected.Probability), (actual.Version, actual.TopicUid, actual.Probability));
        Assert.Equal(assigned, await client.Topics.ListDocumentsAsync("news@1", Assigned, Token).ToArrayAsync(Token));
        Assert.Equal(3, await client.Fits.ListAsync(cancellationToken: Token).CountAsync(Token));
        Assert.Empty((await client.Maintenance.VerifyAsync(Token)).Problems);

        // The corpus continues: documents that it has are duplicates, and a fit makes the next version.
        IngestResult again = await client.IngestAsync("news", Documents(0, Count + 10), cancellationToken: Token);
        Assert.Equal((10L, (long)Count), (again.Accepted, again.Duplicates));
        FitResult fit = await client.FitAsync(
            new FitRequest("news", "news") { Settings = new FitSettings { MinTopicSize = 20 } }, cancellationToken: Token);
        Assert.Equal(3, fit.Version);
    }

    [Fact]
    public async Task Run_AfterAnInterruption_ContinuesAndEndsOnce()
    {
        await FillAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Import().RunAsync(
            name =>
            {
                if (name == "models/news/versions/1")
                {
                    stop.Cancel();
                }
            },
            stop.Token));

        await Import().RunAsync(static _ => { }, Token);
        ServerStartException twice =
            await Assert.ThrowsAsync<ServerStartException>(() => Import().RunAsync(static _ => { }, Token));

        Assert.Contains("already", twice.Message, StringComparison.Ordinal);
        await using ServerHost member = await StartMemberAsync("member");
        using TopicGrpcClient client = new(member.Address);
        Assert.Equal(Count, (await client.Corpora.GetAsync("news", Token)).DocumentCount);
        Assert.Equal(2, (await client.PredictAsync("news", ThemedTexts.Text(7), cancellationToken: Token)).Version);
        Assert.Empty((await client.Maintenance.VerifyAsync(Token)).Problems);
    }

    [Fact]
    public async Task Run_ClusterHasData_IsRejectedAndChangesNothing()
    {
        await FillAsync();
        await using ServerHost member = await StartMemberAsync("member");
        using TopicGrpcClient client = new(member.Address);
        await client.Corpora.CreateAsync("other", cancellationToken: Token);

        ServerStartException rejected =
            await Assert.ThrowsAsync<ServerStartException>(() => Import().RunAsync(static _ => { }, Token));

        Assert.Contains("empty", rejected.Message, StringComparison.Ordinal);
        Assert.Equal("other", (await client.Corpora.ListAsync(Token).SingleAsync(Token)).Name);
    }

    [Theory]
    [InlineData("data", "unfinished")]
    [InlineData("none", "meta.db")]
    public async Task Run_FolderIsUnfinishedOrMissing_IsRejected(string folder, string reason)
    {
        await FillAsync();
        using (DataFolder data = new(
            Options.Create(new StorageOptions { Directory = _folder.At("data") }), DiskStorage.Instance))
        using (SqliteDatabase database = new(data))
        {
            database.Write(static connection => connection.Execute("UPDATE fits SET status = 1"));
        }

        ServerStartException rejected = await Assert.ThrowsAsync<ServerStartException>(
            () => Import(folder).RunAsync(static _ => { }, Token));

        Assert.Contains(reason, rejected.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.At("none")));
    }

    public void Dispose()
    {
        _embedder.Dispose();
        _folder.Dispose();
    }

    private static IAsyncEnumerable<TopicDocument> Documents(int first, int count) => Enumerable.Range(first, count)
        .Select(static index => new TopicDocument(FormattableString.Invariant($"d{index:000}"), ThemedTexts.Text(index)))
        .ToAsyncEnumerable();

    /// <summary>Fills a single server with two corpora, two versions, a label and an assignment, and stops it.</summary>
    private async Task<(Prediction Prediction, DocumentTopic[] Assigned)> FillAsync()
    {
        await using ServerHost host = await ServerHost.StartAsync(
            new ServerSettings { DataDirectory = _folder.At("data"), Embedder = _embedder }, Token);
        using TopicGrpcClient client = new(host.Address);
        await client.IngestAsync("news", Documents(0, Count), cancellationToken: Token);
        await client.IngestAsync("archive", Documents(500, 40), cancellationToken: Token);
        await client.FitAsync(
            new FitRequest("news", "news") { Settings = new FitSettings { MinTopicSize = 20 }, Labels = ["stable"] },
            cancellationToken: Token);
        FitHandle derivation = await client.Models.DeriveAsync(
            "news@1", new SetTopicLabels(new Dictionary<int, string> { [0] = "first" }), cancellationToken: Token);
        await derivation.WaitAsync(cancellationToken: Token);
        await client.Models.SetLabelAsync("news", "stable", 2, Token);
        await (await client.Fits.AssignAsync("news@1", "archive", cancellationToken: Token)).WaitAsync(cancellationToken: Token);
        return (
            await client.PredictAsync("news@stable", ThemedTexts.Text(7), cancellationToken: Token),
            await client.Topics.ListDocumentsAsync("news@1", Assigned, Token).ToArrayAsync(Token));
    }

    private (string Key, string? Value)[] ClusterOptions() =>
    [
        ("Cluster:Postgres:ConnectionString", _database.Value),
        ("Cluster:ObjectStore:Folder", _folder.At("store")),
        ("Cluster:Silo:AllowInsecure", "true"),
    ];

    private ClusterImport Import(string folder = "data") => new(_folder.At(folder))
    {
        Compose = builder =>
        {
            builder.Configuration.AddInMemoryCollection(
                ClusterOptions().Select(static option => KeyValuePair.Create(option.Key, option.Value)));
            ClusterRegistration.AddCluster(builder);
        },
    };

    private Task<ServerHost> StartMemberAsync(string folder) =>
        MemberHost.StartAsync(_folder.At(folder), _embedder, ClusterOptions(), Token);
}
