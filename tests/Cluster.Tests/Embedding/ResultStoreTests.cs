using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TopicGrpc.Cluster.Embedding;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.ObjectStore.Folders;
using TopicGrpc.Cluster.Tests.ObjectStore;
using TopicGrpc.Testing.Storage;

namespace TopicGrpc.Cluster.Tests.Embedding;

/// <summary>Results in the object store, and their deletion.</summary>
public sealed class ResultStoreTests : IDisposable
{
    private readonly StoreCalls _calls = Samples.Calls();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ResultStore _results;

    public ResultStoreTests()
    {
        ContentStore store = new(new FolderBackend("/store", new MemoryStorage()), _calls);
        _results = new ResultStore(
            store, Options.Create(new ClusterEmbeddingOptions { ResultDays = 2 }), _clock, NullLogger<ResultStore>.Instance);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAll_OtherCorpusOrEncoder_IsNotRead()
    {
        await WriteAsync("cars", "e1", "aa", key: 1);
        await WriteAsync("cars", "e2", "aa", key: 2);
        await WriteAsync("Other.corpus", "e1", "aa", key: 3);

        Assert.Equal([1], await KeysAsync("cars", "e1"));
        Assert.Equal([3], await KeysAsync("Other.corpus", "e1"));
    }

    [Fact]
    public async Task Forget_ACorpus_DeletesItsResultsOfAllEncoders()
    {
        await WriteAsync("cars", "e1", "aa", key: 1);
        await WriteAsync("cars", "e2", "aa", key: 2);
        await WriteAsync("boats", "e1", "aa", key: 3);

        await _results.ForgetAsync("cars", Token);

        Assert.Empty(await KeysAsync("cars", "e1"));
        Assert.Empty(await KeysAsync("cars", "e2"));
        Assert.Equal([3], await KeysAsync("boats", "e1"));
    }

    [Fact]
    public async Task Sweep_DaysLater_DeletesOldResultsOnly()
    {
        await WriteAsync("cars", "e1", "aa", key: 1);
        _clock.Advance(TimeSpan.FromDays(1));
        await WriteAsync("cars", "e1", "bb", key: 2);
        _clock.Advance(TimeSpan.FromDays(1));
        int early = await _results.SweepAsync(Token);
        _clock.Advance(TimeSpan.FromDays(1));

        int deleted = await _results.SweepAsync(Token);

        Assert.Equal((0, 1), (early, deleted));
        Assert.Equal([2], await KeysAsync("cars", "e1"));
    }

    public void Dispose() => _calls.Dispose();

    private async Task WriteAsync(string corpus, string encoder, string chunk, UInt128 key)
    {
        byte[] bytes = ChunkResult.Allocate(1, 1);
        ChunkResult.WriteRow(bytes, 0, key, isTruncated: false, [1]);
        ChunkResult.Seal(bytes);
        await _results.TryWriteAsync(_results.KeyOf(corpus, encoder, chunk), bytes, Token);
    }

    private async Task<List<UInt128>> KeysAsync(string corpus, string encoder)
    {
        List<UInt128> keys = [];
        await foreach (ChunkResult result in _results.ReadAllAsync(corpus, encoder, Token))
        {
            keys.Add(result.Key(0));
        }

        return keys;
    }
}
