using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Client;
using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.ObjectStore.S3;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Server;
using TopicGrpc.Testing;
using TopicGrpc.Testing.ObjectStore;

namespace TopicGrpc.Cluster.Tests.ObjectStore;

/// <summary>The object store at the start of a member.</summary>
public sealed class MemberStartTests(PostgresServer postgres) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();
    private readonly FakeEmbedder _embedder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_ObjectStoreWithoutPostgres_NamesBothOptions()
    {
        ServerStartException failure = await Assert.ThrowsAsync<ServerStartException>(
            () => StartAsync("data", ("Cluster:ObjectStore:Folder", _folder.At("store"))));

        Assert.Contains("Cluster:ObjectStore", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Cluster:Postgres:ConnectionString", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, failure.ExitCode);
    }

    [Fact]
    public async Task Start_ObjectStoreOfAnotherCluster_IsRejected()
    {
        await using (ServerHost first = await StartAsync("first", Database(), ("Cluster:ObjectStore:Folder", _folder.At("store"))))
        {
            Assert.Single(await Contents(first).KeysAsync("cluster/"));
            Assert.Empty(await Contents(first).KeysAsync("probe/"));
        }

        ServerStartException failure = await Assert.ThrowsAsync<ServerStartException>(
            () => StartAsync("second", Database(), ("Cluster:ObjectStore:Folder", _folder.At("store"))));

        Assert.Contains("belongs to cluster", failure.Message, StringComparison.Ordinal);
        Assert.Equal(78, failure.ExitCode);
    }

    [Fact]
    public async Task Start_StoreRejectsTheKey_NamesStoreAndCause()
    {
        await using S3Stub stub = await S3Stub.StartAsync(Token);

        ServerStartException failure = await Assert.ThrowsAsync<ServerStartException>(
            () => StartAsync("data", [Database(), .. Bucket(stub.Options("stranger"))]));

        Assert.Contains(S3Stub.Bucket, failure.Message, StringComparison.Ordinal);
        Assert.Contains("rejects", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Cluster:ObjectStore", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_StoreIsAway_FailsTheFirstTimeOnly()
    {
        (string, string?) database = Database();
        S3Options options;
        await using (S3Stub stub = await S3Stub.StartAsync(Token))
        {
            options = stub.Options();
            await using ServerHost host = await StartAsync("data", [database, .. Bucket(options)]);
        }

        await using (ServerHost again = await StartAsync("data", [database, .. Bucket(options)]))
        {
            using TopicGrpcClient client = new(again.Address);
            Assert.Empty(await client.Models.ListAsync(Token).ToListAsync(Token));
        }

        ServerStartException failure = await Assert.ThrowsAsync<ServerStartException>(
            () => StartAsync("new", [Database(), .. Bucket(options)]));
        Assert.Contains("cannot be used", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_UnknownObject_IsDeleted()
    {
        await using ServerHost host = await StartAsync(
            "data",
            Database(),
            ("Cluster:ObjectStore:Folder", _folder.At("store")),
            ("Cluster:ObjectStore:SweepInterval", "00:00:01"));
        ContentStore contents = Contents(host);
        await contents.PutAsync(ArtifactKeys.Prefix + "stray", [1, 2, 3]);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Patience);
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(50));
        while (await contents.FindLengthAsync(ArtifactKeys.Prefix + "stray", limit.Token) is not null)
        {
            await poll.WaitForNextTickAsync(limit.Token);
        }

        Assert.Single(await contents.KeysAsync("cluster/"));
    }

    public void Dispose()
    {
        _embedder.Dispose();
        _folder.Dispose();
    }

    private static ContentStore Contents(ServerHost host) => host.Services.GetRequiredService<ContentStore>();

    private static (string, string?)[] Bucket(S3Options options) =>
        [.. MemberHost.Bucket(options), ("Cluster:ObjectStore:MaxAttempts", "2")];

    private (string Key, string? Value) Database() => ("Cluster:Postgres:ConnectionString", postgres.CreateDatabase());

    private Task<ServerHost> StartAsync(string folder, params (string Key, string? Value)[] options) =>
        MemberHost.StartAsync(_folder.At(folder), _embedder, options, Token);
}
