using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Storage;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Fitting;

/// <summary>Corpora share cached embeddings (ADR 0131).</summary>
public sealed class SharedEmbeddingTests : IDisposable
{
    private const int Dimension = 4;
    private const int RowBytes = 24 + (Dimension * sizeof(float));

    private static readonly EmbedderInfo Encoder = new("fake", "full", new string('a', 64), Dimension, 256);

    private readonly TempFolder _root = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task StartFit_TextsOfAnotherCorpus_AreNotEmbeddedAgain()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("first", 120);
        await server.FillCorpusAsync("second", 160);
        Fit first = await server.FitAsync(TestServer.FitRequest("first", "m"));
        int embedded = server.Embedder.Calls;
        await server.StopAsync();
        await server.StartAgainAsync();

        Fit second = await server.FitAsync(TestServer.FitRequest("second", "m"));

        Assert.True(second.State == Fit.Types.State.Succeeded, second.Error?.ToString());
        Assert.Equal((0L, 120L), (first.Report.KeptEmbeddingCount, second.Report.KeptEmbeddingCount));
        Assert.Equal(embedded + 40, server.Embedder.Calls);
    }

    [Fact]
    public async Task DeleteDocuments_TextOfTwoCorpora_TheOtherKeepsItsEmbedding()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("first", 120);
        await server.FillCorpusAsync("second", 120);
        await server.FitAsync(TestServer.FitRequest("first", "m"));
        await server.FitAsync(TestServer.FitRequest("second", "m"));
        long before = Assert.Single(CacheFiles(server, "first")).Length;

        Erasure erasure = (await server.Corpora.DeleteDocumentsAsync(
            new() { Corpus = "corpora/first", Ids = new() { Values = { "d00007" } } }, cancellationToken: Token)).Erasure;
        while (erasure.State != Erasure.Types.State.Succeeded)
        {
            erasure = (await server.Corpora.GetErasureAsync(new() { Name = erasure.Name }, cancellationToken: Token)).Erasure;
        }

        Assert.Equal(before - RowBytesOf(server.Embedder), Assert.Single(CacheFiles(server, "first")).Length);
        Assert.Equal(before, Assert.Single(CacheFiles(server, "second")).Length);
        await server.Corpora.DeleteCorpusAsync(new() { Name = "corpora/first" }, cancellationToken: Token);
        int embedded = server.Embedder.Calls;
        Assert.Equal(120, (await server.FitAsync(TestServer.FitRequest("second", "m"))).Report.KeptEmbeddingCount);
        Assert.Equal(embedded, server.Embedder.Calls);
    }

    [Fact]
    public void Append_BeyondTheLimit_DeletesTheFileWithTheOldestUse()
    {
        using DataFolder folder = Folder("a", "b", "c");
        EmbeddingCache cache = Cache(folder, 25 * RowBytes);
        Append(cache, "a", 10);
        Append(cache, "b", 10);
        Assert.Equal(10, Count(cache, "a"));

        Append(cache, "c", 10);

        Assert.Equal((10, 0, 10), (Count(cache, "a"), Count(cache, "b"), Count(cache, "c")));
        Assert.InRange(CacheBytes(folder), 1, 25 * RowBytes);
    }

    [Fact]
    public void Append_MoreThanTheLimit_IsNotCached()
    {
        using DataFolder folder = Folder("a");
        EmbeddingCache cache = Cache(folder, 25 * RowBytes);

        for (int block = 0; block < 4; block++)
        {
            Append(cache, "a", 10);
        }

        Assert.InRange(CacheBytes(folder), 20 * RowBytes, 25 * RowBytes);
    }

    [Fact]
    public void Append_LimitOfZero_CachesNothing()
    {
        using DataFolder folder = Folder("a");
        EmbeddingCache cache = Cache(folder, 0);

        Append(cache, "a", 1);

        Assert.Equal((0, 0L), (Count(cache, "a"), CacheBytes(folder)));
    }

    [Fact]
    public void VisitOthers_DamagedRow_IsSkippedAndTheVisitEndsWhenComplete()
    {
        using DataFolder folder = Folder("a", "b", "c");
        EmbeddingCache cache = Cache(folder, 1 << 20);
        Append(cache, "a", 10);
        Append(cache, "b", 10);
        string path = Assert.Single(Directory.GetFiles(folder.Paths.Corpus("a")));
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        int seen = 0;

        cache.VisitOthers("c", Encoder, (_, _, _) => seen++, () => seen == 15, Token);

        Assert.Equal(15, seen);
        seen = 0;
        cache.VisitOthers("b", Encoder, (_, _, _) => seen++, static () => false, Token);
        Assert.Equal(9, seen);
    }

    private DataFolder Folder(params string[] corpora)
    {
        DataFolder folder = new(Options.Create(new StorageOptions { Directory = _root.Path }), DiskStorage.Instance);
        foreach (string corpus in corpora)
        {
            Directory.CreateDirectory(folder.Paths.Corpus(corpus));
        }

        return folder;
    }

    private static EmbeddingCache Cache(DataFolder folder, long maxBytes) =>
        new(folder, Options.Create(new EmbeddingOptions { CacheBytes = maxBytes }));

    private static void Append(EmbeddingCache cache, string corpus, int count) => cache.Append(
        corpus,
        Encoder.Sha256,
        Dimension,
        [.. Enumerable.Range(0, count).Select(index => ((UInt128)(corpus[0] * 1000) + (UInt128)index, new float[Dimension], false))]);

    private static int Count(EmbeddingCache cache, string corpus)
    {
        int count = 0;
        cache.Visit(corpus, Encoder.Sha256, Dimension, (_, _, _) => count++, Token);
        return count;
    }

    private static long CacheBytes(DataFolder folder) => new DirectoryInfo(folder.Paths.Corpora)
        .GetFiles("embeddings-*", SearchOption.AllDirectories)
        .Sum(static file => file.Length);

    private static FileInfo[] CacheFiles(TestServer server, string corpus) =>
        new DirectoryInfo(Path.Combine(server.DataDirectory, "corpora", corpus)).GetFiles("embeddings-*");

    private static int RowBytesOf(FakeEmbedder embedder) => 24 + (embedder.Info.Dimension * sizeof(float));
}
