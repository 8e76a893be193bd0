using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Storage;
using Corpus = TopicGrpc.Server.Corpora.Corpus;

namespace TopicGrpc.Server.Tests.Corpora;

/// <summary>A corpus on a storage that fails on request, and a client that resends until its documents are acknowledged.</summary>
internal sealed class CorpusUnderFaults : IDisposable
{
    public const string Id = "news";

    private readonly TempFolder _root = new();
    private DataFolder? _data;
    private DiskThreads? _threads;

    public MemoryStorage Storage { get; } = new();

    public DataFolder Data => _data!;

    public Corpus Corpus { get; private set; } = null!;

    /// <summary>Ids that were acknowledged.</summary>
    public HashSet<string> Acknowledged { get; } = new(StringComparer.Ordinal);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Running erasures of the corpus.</summary>
    public HiddenPlaces Hidden { get; init; } = new();

    /// <summary>Numbers of the embeddings that the client gives; 0 for none.</summary>
    public int Dimension { get; init; }

    public static Document[] Documents(string session) =>
        [
            .. Enumerable.Range(0, 6).Select(
                index => new Document($"{session}-{index}", "TGC2\0\0\0\0" + new string((char)('a' + index), 300 * (index + 1)))),
        ];

    /// <summary>Starts a process on what the storage holds.</summary>
    public void Start()
    {
        _data = new DataFolder(Options.Create(new StorageOptions { Directory = _root.Path }), Storage);
        _threads = new DiskThreads(writers: 1, readers: 1);
        Corpus = new Corpus(Id, EmbeddingSource.Undecided, _data, _threads, Hidden, maxSessions: 0, NullLogger.Instance);
    }

    public void Create() => new CorpusFolder(Data, Id).Create();

    /// <summary>Ends the process.</summary>
    public void Stop()
    {
        _threads?.Dispose();
        _data?.Dispose();
        (_threads, _data) = (null, null);
    }

    public void Crash(CrashKind kind, int seed)
    {
        Stop();
        Storage.Restart(kind, seed);
        Start();
    }

    /// <summary>Sends the documents of a session in chunks of two, from where the session continues.</summary>
    /// <exception cref="ServiceException">The corpus rejects a chunk.</exception>
    public async Task IngestAsync(string session)
    {
        Document[] documents = Documents(session);
        (SessionState state, long owner) = await Corpus.OpenSessionAsync(session, Token);
        Acknowledge(documents, state.NextOffset);
        for (int offset = (int)state.NextOffset; offset < documents.Length; offset += 2)
        {
            IncomingChunk chunk = IncomingChunks.Of(
                offset, documents[offset..(offset + 2)], document => Dimension == 0 ? [] : Embedding(document));
            AppendResult result = await Corpus.AppendAsync(session, owner, [chunk], Token);
            Assert.Empty(result.Rejections);
            Acknowledge(documents, result.NextOffset);
        }
    }

    /// <summary>Checks that every acknowledged document is there exactly once, in order, and that nothing else is there.</summary>
    /// <param name="isUnavailableAllowed">Whether the disk may fail instead.</param>
    public async Task CheckAsync(bool isUnavailableAllowed)
    {
        List<Document> stored;
        try
        {
            stored = await Corpus.ReadAllAsync(Token);
            await Corpus.VisitEmbeddingsAsync(
                (document, embedding) => Assert.True(embedding.SequenceEqual(Embedding(document))), Token);
        }
        catch (ServiceException failure) when (isUnavailableAllowed && failure.Code == Grpc.Core.StatusCode.Unavailable)
        {
            return;
        }

        string[] ids = [.. stored.Select(static document => document.Id)];
        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
        Assert.Subset(ids.ToHashSet(StringComparer.Ordinal), Acknowledged);
        foreach (string session in (string[])["s1", "s2"])
        {
            Document[] sent = Documents(session);
            Document[] kept = [.. stored.Where(document => document.Id.StartsWith(session, StringComparison.Ordinal))];
            Assert.Equal(sent[..kept.Length].Select(static document => document.Text), kept.Select(static document => document.Text));
        }
    }

    /// <summary>Returns the embedding that the client gives with a document.</summary>
    public float[] Embedding(Document document) =>
        [.. Enumerable.Range(0, Dimension).Select(index => (float)(document.Id[^1] + index))];

    public void Dispose()
    {
        Stop();
        _root.Dispose();
    }

    private void Acknowledge(Document[] documents, long offset) =>
        Acknowledged.UnionWith(documents[..(int)offset].Select(static document => document.Id));
}
