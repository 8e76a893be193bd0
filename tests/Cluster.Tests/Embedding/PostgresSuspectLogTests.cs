using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Embedding;
using TopicGrpc.Cluster.Postgres;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Storage;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests.Embedding;

/// <summary>The suspect log in PostgreSQL.</summary>
public sealed class PostgresSuspectLogTests : IDisposable
{
    private static readonly UInt128 Large = UInt128.MaxValue - 5;

    private readonly TempFolder _folder = new();
    private readonly DataFolder _data;
    private readonly PostgresDatabase _database;
    private readonly PostgresSuspectLog _log;

    public PostgresSuspectLogTests(PostgresServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        _data = new DataFolder(Options.Create(new StorageOptions { Directory = _folder.Path }), DiskStorage.Instance);
        _database = new PostgresDatabase(
            Options.Create(new PostgresOptions { ConnectionString = server.CreateDatabase() }), _data, TimeProvider.System);
        _log = new PostgresSuspectLog(_database);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_RecordsBegunConfirmedAndEnded_ReturnsWhatRemains()
    {
        SuspectRecord ended = new(Guid.NewGuid(), "a@1", [1]);
        SuspectRecord alone = new(Guid.NewGuid(), "a@1", [Large]);
        SuspectRecord together = new(Guid.NewGuid(), "b@2", [3, Large]);
        await BeginAsync("cars", "e1", ended, alone, together);
        await BeginAsync("cars", "e2", new SuspectRecord(Guid.NewGuid(), "a@1", [4]));

        await _log.EndAsync(ended.Attempt, Token);
        await _log.ConfirmAsync(alone.Attempt, Token);

        IReadOnlyList<SuspectRecord> records = await _log.ReadAsync("cars", "e1", Token);
        Assert.Equal(2, records.Count);
        SuspectRecord first = Assert.Single(records, record => record.Attempt == alone.Attempt);
        Assert.Equal(("a@1", true), (first.Worker, first.IsConfirmed));
        Assert.Equal([Large], first.Keys);
        SuspectRecord second = Assert.Single(records, record => record.Attempt == together.Attempt);
        Assert.Equal(("b@2", false), (second.Worker, second.IsConfirmed));
        Assert.Equal([3, Large], second.Keys);
    }

    [Fact]
    public async Task Forget_SomeTextsKept_DeletesTheRecordsOfOthers()
    {
        SuspectRecord kept = new(Guid.NewGuid(), "a@1", [1]);
        SuspectRecord mixed = new(Guid.NewGuid(), "a@1", [1, 2]);
        SuspectRecord other = new(Guid.NewGuid(), "a@1", [2]);
        await BeginAsync("cars", "e1", kept, mixed);
        await BeginAsync("boats", "e1", other);

        await _log.ForgetAsync("cars", new HashSet<UInt128> { 1 }, Token);

        Assert.Equal(kept.Attempt, Assert.Single(await _log.ReadAsync("cars", "e1", Token)).Attempt);
        Assert.Equal(other.Attempt, Assert.Single(await _log.ReadAsync("boats", "e1", Token)).Attempt);
    }

    public void Dispose()
    {
        _database.Dispose();
        _data.Dispose();
        _folder.Dispose();
    }

    private async Task BeginAsync(string corpus, string encoder, params SuspectRecord[] records)
    {
        foreach (SuspectRecord record in records)
        {
            await _log.BeginAsync(corpus, encoder, record, Token);
        }
    }
}
