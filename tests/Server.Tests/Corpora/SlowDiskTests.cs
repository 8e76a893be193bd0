using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Tests.Storage;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Storage;
using Corpus = TopicGrpc.Server.Corpora.Corpus;

namespace TopicGrpc.Server.Tests.Corpora;

/// <summary>Corpora on a disk whose flushes do not return.</summary>
public sealed class SlowDiskTests : IDisposable
{
    private readonly TempFolder _root = new();
    private readonly StalledStorage _storage = new(new MemoryStorage());
    private readonly DataFolder _data;
    private readonly DiskThreads _threads = new();

    public SlowDiskTests() =>
        _data = new DataFolder(Options.Create(new StorageOptions { Directory = _root.Path }), _storage);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_FlushThatDoesNotReturn_LeavesReadsAndNumbersAvailable()
    {
        Corpus corpus = Create("news");
        (SessionState _, long owner) = await corpus.OpenSessionAsync("s", Token);
        await corpus.AppendAsync("s", owner, [Chunk(0, "a")], Token);
        _storage.Stall();
        Task<AppendResult> append = corpus.AppendAsync("s", owner, [Chunk(1, "b")], Token);

        Assert.Equal(1, (await corpus.DescribeAsync(Token)).Documents);
        Assert.Equal(1, (await corpus.OpenAsync(Token)).Documents);
        Assert.Equal("a", Assert.Single(await corpus.ReadAllAsync(Token)).Id);
        Assert.False(append.IsCompleted);

        _storage.Release();
        Assert.Equal(2, (await append).NextOffset);
        Assert.Equal(2, (await corpus.DescribeAsync(Token)).Documents);
        Assert.False(_storage.IsPoolThreadUsed);
    }

    [Fact]
    public async Task Append_CallerThatLeavesWhileTheDiskStalls_IsReleasedAtOnce()
    {
        Corpus corpus = Create("news");
        (SessionState _, long owner) = await corpus.OpenSessionAsync("s", Token);
        _storage.Stall();
        using CancellationTokenSource caller = new();
        Task<AppendResult> append = corpus.AppendAsync("s", owner, [Chunk(0, "a")], caller.Token);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);
        _storage.Release();
    }

    [Fact]
    public async Task Append_SessionsThatWaitForTheSameDisk_ShareOneFlush()
    {
        const int Sessions = 40;
        Corpus corpus = Create("news");
        long[] owners = new long[Sessions];
        for (int index = 0; index < Sessions; index++)
        {
            (SessionState _, owners[index]) = await corpus.OpenSessionAsync(Name(index), Token);
        }

        int before = _storage.Flushes;
        _storage.Stall();
        Task<AppendResult> first = corpus.AppendAsync(Name(0), owners[0], [Chunk(0, "d0")], Token);
        await _storage.ArrivedAsync();
        while (_storage.Flushes == before)
        {
            await _storage.ArrivedAsync();
        }

        Task<AppendResult>[] others =
            [
                .. Enumerable.Range(1, Sessions - 1).Select(
                    index => corpus.AppendAsync(Name(index), owners[index], [Chunk(0, "d" + index)], Token)),
            ];
        _storage.Release();
        await first;
        AppendResult[] results = await Task.WhenAll(others);

        Assert.All(results, static result => Assert.Equal(1, result.Accepted));
        // An append flushes twice: the records, then the mark.
        Assert.InRange(_storage.Flushes - before, 4, 6);
        Assert.Equal(Sessions, (await corpus.ReadAllAsync(Token)).Count);
    }

    [Fact]
    public async Task Append_SameDocumentInOneFlush_IsStoredOnce()
    {
        Corpus corpus = Create("news");
        (SessionState _, long first) = await corpus.OpenSessionAsync("s1", Token);
        (SessionState _, long second) = await corpus.OpenSessionAsync("s2", Token);
        _storage.Stall();
        Task<AppendResult>[] appends =
        [
            corpus.AppendAsync("s1", first, [Chunk(0, "x")], Token),
            corpus.AppendAsync("s1", first, [Chunk(1, "a")], Token),
            corpus.AppendAsync("s2", second, [Chunk(0, "a")], Token),
        ];
        _storage.Release();

        AppendResult[] results = await Task.WhenAll(appends);

        Assert.Equal(1, results[1].Accepted + results[2].Accepted);
        Assert.Equal(1, results[1].Duplicates + results[2].Duplicates);
        Assert.Equal(2, (await corpus.ReadAllAsync(Token)).Count);
    }

    public void Dispose()
    {
        _storage.Release();
        _threads.Dispose();
        _data.Dispose();
        _storage.Dispose();
        _root.Dispose();
    }

    private static string Name(int index) => FormattableString.Invariant($"s{index}");

    private static IncomingChunk Chunk(long offset, string id) => IncomingChunks.Of(offset, [new Document(id, "text")]);

    private Corpus Create(string id)
    {
        new CorpusFolder(_data, id).Create();
        Corpus corpus = new(id, EmbeddingSource.Undecided, _data, _threads, new HiddenPlaces(), maxSessions: 0, NullLogger.Instance);

        // The test's own flushes ran on its thread.
        _storage.ForgetThreads();
        return corpus;
    }
}
