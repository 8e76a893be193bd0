using Npgsql;
using TopicGrpc.Client;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Keys;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Settings;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Cluster.Tests.Silo;
using TopicGrpc.Server;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests.Members;

/// <summary>
/// What one member has created exists at another one at once: a call that finds nothing catches up before it says so, and a member that
/// cannot catch up says that it does not know.
/// </summary>
public sealed class MemberLookupTests(PostgresServer postgres) : IDisposable
{
    private const int Documents = 120;

    private readonly TempFolder _folder = new();
    private readonly FakeEmbedder _embedder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_MemberHasNotHeardOfTheResource_FindIt()
    {
        string connectionString = postgres.CreateDatabase();
        await using ServerHost first = await StartAsync("a", connectionString);
        await using ServerHost second = await StartAsync("b", connectionString);
        using TopicGrpcClient one = new(first.Address);
        using TopicGrpcClient other = new(second.Address);

        await DeafenAsync(connectionString);
        await one.Corpora.CreateAsync("news", cancellationToken: Token);
        IngestResult stored = await other.Corpora.IngestAsync("news", Texts(), cancellationToken: Token);
        await DeafenAsync(connectionString);
        await other.Corpora.CreateAsync("later", cancellationToken: Token);
        CorpusInfo found = await one.Corpora.GetAsync("later", Token);
        long version = (await one.FitAsync(
            new FitRequest("news", "news") { Settings = new FitSettings { MinTopicSize = 20 } }, cancellationToken: Token)).Version;
        List<PredictionOutcome> streamed = await other.Predictions
            .PredictStreamAsync("news@1", Enumerable.Range(0, 3).Select(ThemedTexts.Text).ToAsyncEnumerable(), cancellationToken: Token)
            .ToListAsync(Token);

        Assert.Equal((Documents, 0), (stored.Documents, stored.Rejected));
        Assert.Equal("later", found.Name);
        Assert.Equal(1, version);
        Assert.All(streamed, static outcome => Assert.Null(outcome.Error));
    }

    [Fact]
    public async Task Calls_PostgresIsAwayAndTheResourceIsUnknown_AreUnavailableAndNotMissing()
    {
        using PostgresServer own = new();
        await using ServerHost host = await StartAsync("a", own.CreateDatabase());
        using TopicGrpcClient open = new(host.Address);
        string secret = (await open.Keys.CreateAsync(new KeySettings { DisplayName = "a", Role = KeyRole.Admin }, Token)).Secret;
        using TopicGrpcClient client = Client(host, secret);
        using TopicGrpcClient unknown = Client(host, "tg_aaaaaaaaaa_" + secret[^43..]);
        await Assert.ThrowsAsync<UnauthenticatedException>(() => unknown.Corpora.GetAsync("news", Token));
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => client.Corpora.GetAsync("news", Token));

        own.Crash();

        Func<Task>[] calls =
        [
            () => client.Corpora.GetAsync("news", Token),
            () => client.Corpora.IngestAsync("news", Texts(), cancellationToken: Token),
            () => client.Fits.GetAsync("fit-1", Token),
            () => client.Fits.StartAsync(new FitRequest("news", "news"), Token),
            () => client.Models.GetAsync("news", Token),
            () => client.PredictAsync("news", "text", cancellationToken: Token),
            async () => await client.Predictions
                .PredictStreamAsync("news", new[] { "text" }.ToAsyncEnumerable(), cancellationToken: Token).ToListAsync(Token),
        ];
        foreach (Func<Task> call in calls)
        {
            Assert.NotNull((await Assert.ThrowsAsync<ServerUnavailableException>(call)).RetryAfter);
        }

        // A key may be new while the last read of the changes is some seconds old.
        await Waiting.UntilAsync(
            async () => await Record.ExceptionAsync(() => unknown.Corpora.GetAsync("news", Token)) is ServerUnavailableException, Token);
        own.Start();
    }

    public void Dispose()
    {
        _embedder.Dispose();
        _folder.Dispose();
    }

    /// <summary>Cuts the connections on which members are notified: for a second they hear of no change.</summary>
    private static async Task DeafenAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using NpgsqlCommand cut = source.CreateCommand(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
                AND (query LIKE 'LISTEN%' OR query LIKE 'SELECT number, subjects FROM changes%')
            """);
        await cut.ExecuteNonQueryAsync(Token);
    }

    private static IAsyncEnumerable<TopicDocument> Texts() => Enumerable.Range(0, Documents)
        .Select(static index => new TopicDocument(FormattableString.Invariant($"d{index:000}"), ThemedTexts.Text(index)))
        .ToAsyncEnumerable();

    private static TopicGrpcClient Client(ServerHost host, string secret) => new(new TopicGrpcClientOptions
    {
        Address = host.Address,
        ApiKey = secret,
        Retry = new RetryOptions { Enabled = false },
    });

    private Task<ServerHost> StartAsync(string id, string connectionString)
    {
        Directory.CreateDirectory(_folder.At("objects"));
        return MemberHost.StartAsync(
            _folder.At(id),
            _embedder,
            [
                ("Cluster:Postgres:ConnectionString", connectionString),
                ("Cluster:Postgres:RetryTimeout", "00:00:00.2"),
                ("Cluster:ObjectStore:Folder", _folder.At("objects")),
                ("Cluster:Member:Id", id),
            ],
            Token);
    }
}
