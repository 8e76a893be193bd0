using System.Diagnostics.CodeAnalysis;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Settings;
using TopicGrpc.Cluster.ObjectStore.S3;
using TopicGrpc.Cluster.Tests.ObjectStore;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Server;
using TopicGrpc.Testing;
using TopicGrpc.Testing.ObjectStore;

namespace TopicGrpc.Cluster.Tests.Versions;

/// <summary>A member whose object store fails, hangs, cuts transfers or alters bytes while a version is published or fetched.</summary>
public sealed class SharedVersionFaultTests(PostgresServer postgres) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly TempFolder _folder = new();
    private readonly FakeEmbedder _embedder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [SuppressMessage("Reliability", "CA2025:Ensure tasks using 'IDisposable' instances complete", Justification = "The task is awaited.")]
    public async Task Publish_StoreIsAway_WaitsWhilePredictionsContinue()
    {
        await using S3Stub stub = await S3Stub.StartAsync(Token);
        await using ServerHost host = await StartAsync("data", postgres.CreateDatabase(), stub.Options());
        using TopicGrpcClient client = new(host.Address);
        await client.IngestAsync("news", Documents, cancellationToken: Token);
        Prediction before = await FitAsync(client);

        stub.IsAway = true;
        Task<Prediction> second = FitAsync(client);
        await stub.RejectedAsync(requests: 6, Patience, Token);
        Prediction meanwhile = await client.PredictAsync("news", ThemedTexts.Text(7), cancellationToken: Token);
        Assert.False(second.IsCompleted);
        stub.IsAway = false;

        Assert.Equal(before.Probability, meanwhile.Probability);
        Assert.Equal(before.Probability, (await second).Probability);
        Assert.Equal(2, (await client.Models.GetAsync("news", Token)).Labels["stable"]);
        Assert.Empty((await client.Maintenance.VerifyAsync(Token)).Problems);
    }

    [Fact]
    public async Task PublishAndFetch_StoreFailsInEveryWay_LosesNothing()
    {
        string database = postgres.CreateDatabase();
        await using S3Stub stub = await S3Stub.StartAsync(Token);
        Prediction expected;
        await using (ServerHost host = await StartAsync("first", database, stub.Options()))
        {
            using TopicGrpcClient client = new(host.Address);
            await client.IngestAsync("news", Documents, cancellationToken: Token);
            stub.Fail("PUT", S3Fault.Cut, S3Fault.Hang, S3Fault.FailAfterStoring, S3Fault.Alter, S3Fault.Unavailable);
            expected = await FitAsync(client);
            Assert.Equal(0, stub.FaultsLeft);
            Assert.Empty((await client.Maintenance.VerifyAsync(Token)).Problems);
        }

        stub.Fail("GET", S3Fault.Cut, S3Fault.Alter, S3Fault.Unavailable, S3Fault.Hang);
        await using ServerHost second = await StartAsync("second", database, stub.Options());

        using TopicGrpcClient other = new(second.Address);
        Prediction actual = await other.PredictAsync("news", ThemedTexts.Text(7), cancellationToken: Token);
        Assert.Equal(0, stub.FaultsLeft);
        Assert.Equal((expected.TopicUid, expected.Probability), (actual.TopicUid, actual.Probability));
    }

    public void Dispose()
    {
        _embedder.Dispose();
        _folder.Dispose();
    }

    private static IAsyncEnumerable<TopicDocument> Documents => Enumerable.Range(0, 120)
        .Select(static index => new TopicDocument(FormattableString.Invariant($"d{index:000}"), ThemedTexts.Text(index)))
        .ToAsyncEnumerable();

    private static async Task<Prediction> FitAsync(TopicGrpcClient client)
    {
        FitRequest request = new("news", "news") { Settings = new FitSettings { MinTopicSize = 20 }, Labels = ["stable"] };
        await client.FitAsync(request, cancellationToken: Token);
        return await client.PredictAsync("news", ThemedTexts.Text(7), cancellationToken: Token);
    }

    private Task<ServerHost> StartAsync(string folder, string connectionString, S3Options options) => MemberHost.StartAsync(
        _folder.At(folder),
        _embedder,
        [
            .. MemberHost.Bucket(options),
            ("Cluster:Postgres:ConnectionString", connectionString),
            ("Cluster:ObjectStore:AttemptTimeout", "00:00:05"),
        ],
        Token);
}
