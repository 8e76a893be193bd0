using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Maintenance;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Settings;
using TopicGrpc.Client.Topics;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Server;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests.Assignments;

/// <summary>A corpus is assigned by any member, and every member reads the result.</summary>
public sealed class MemberAssignmentTests(PostgresServer postgres) : IDisposable
{
    private const int Count = 60;
    private static readonly ListDocumentsOptions Archive = new() { Corpus = "archive" };

    private readonly TempFolder _folder = new();
    private readonly FakeEmbedder _embedder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AssignCorpus_AtOneMember_IsReadAtAnotherAndInABackup()
    {
        string connectionString = postgres.CreateDatabase();
        await using ServerHost first = await StartAsync("first", connectionString);
        await using ServerHost second = await StartAsync("second", connectionString);
        using TopicGrpcClient one = new(first.Address);
        using TopicGrpcClient two = new(second.Address);
        await FillAsync(one, two);

        FitHandle job = await two.Fits.AssignAsync("news", "archive", cancellationToken: Token);
        Assert.Equal(1, (await job.WaitAsync(cancellationToken: Token)).Version);

        DocumentTopic[] topics = await one.Topics.ListDocumentsAsync("news@1", Archive, Token).ToArrayAsync(Token);
        Assert.Equal(topics, await two.Topics.ListDocumentsAsync("news@1", Archive, Token).ToArrayAsync(Token));
        Assert.Equal(Count, topics.Select(static topic => topic.DocumentId).Distinct().Count());
        for (int index = 0; index < Count; index++)
        {
            Prediction expected = await one.PredictAsync("news@1", ThemedTexts.Text(1000 + index), cancellationToken: Token);
            Assert.Equal((expected.TopicId, (float)expected.Probability), (topics[index].TopicId, (float)topics[index].Probability));
        }

        TopicsOverTime times = await one.Topics.ListOverTimeAsync("news", new TopicsOverTimeOptions { Corpus = "archive" }, Token);
        TopicsPerClass classes = await one.Topics.ListPerClassAsync(
            "news", "kind", new TopicsPerClassOptions { Corpus = "archive" }, Token);
        Assert.Equal(Count, times.Points.Sum(static point => point.Count));
        Assert.Equal(Count / 3, classes.Points.Where(static point => point.ClassName == "x").Sum(static point => point.Count));
        Assert.Empty((await one.Maintenance.VerifyAsync(Token)).Problems);

        await one.Maintenance.CreateBackupAsync(_folder.At("backup"), Token);
        new BackupFolder(_folder.At("backup")).Restore(_folder.At("restored"), cancellationToken: Token);
        await using ServerHost restored = await ServerHost.StartAsync(
            new ServerSettings { DataDirectory = _folder.At("restored"), Embedder = _embedder }, Token);
        using TopicGrpcClient user = new(restored.Address);
        Assert.Equal(topics, await user.Topics.ListDocumentsAsync("news@1", Archive, Token).ToArrayAsync(Token));
    }

    [Fact]
    public async Task AssignCorpus_AtBothMembersAtOnce_EachDocumentOnce()
    {
        string connectionString = postgres.CreateDatabase();
        await using ServerHost first = await StartAsync("first", connectionString);
        await using ServerHost second = await StartAsync("second", connectionString);
        using TopicGrpcClient one = new(first.Address);
        using TopicGrpcClient two = new(second.Address);
        await FillAsync(one, two);

        FitHandle[] jobs =
        [
            await one.Fits.AssignAsync("news", "archive", cancellationToken: Token),
            await two.Fits.AssignAsync("news", "archive", cancellationToken: Token),
        ];
        await Task.WhenAll(jobs.Select(static job => job.WaitAsync(cancellationToken: Token)));

        DocumentTopic[] topics = await one.Topics.ListDocumentsAsync("news@1", Archive, Token).ToArrayAsync(Token);
        Assert.Equal((Count, Count), (topics.Length, topics.Select(static topic => topic.DocumentId).Distinct().Count()));
        await two.Corpora.DeleteAsync("archive", cancellationToken: Token);
        Assert.Empty(Directory.EnumerateFiles(_folder.At("first/corpora"), "assignments-*", SearchOption.AllDirectories));
    }

    public void Dispose()
    {
        _embedder.Dispose();
        _folder.Dispose();
    }

    private static async Task FillAsync(TopicGrpcClient one, TopicGrpcClient two)
    {
        await one.IngestAsync("news", Documents(0, 120), cancellationToken: Token);
        await one.FitAsync(
            new FitRequest("news", "news") { Settings = new FitSettings { MinTopicSize = 20 }, Labels = ["stable"] },
            cancellationToken: Token);
        await two.IngestAsync("archive", Documents(1000, Count), cancellationToken: Token);
    }

    private static IAsyncEnumerable<TopicDocument> Documents(int first, int count) => Enumerable.Range(first, count)
        .Select(static index => new TopicDocument(FormattableString.Invariant($"d{index:0000}"), ThemedTexts.Text(index))
        {
            Time = new DateTimeOffset(2026, 1 + (index % 2), 1, 0, 0, 0, TimeSpan.Zero),
            Attributes = new Dictionary<string, string> { ["kind"] = index % 3 == 0 ? "x" : "y" },
        })
        .ToAsyncEnumerable();

    private Task<ServerHost> StartAsync(string folder, string connectionString) => MemberHost.StartAsync(
        _folder.At(folder),
        _embedder,
        [("Cluster:Postgres:ConnectionString", connectionString), ("Cluster:ObjectStore:Folder", _folder.At("store"))],
        Token);
}
