using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Storage;
using TopicGrpc.V1;
using Corpus = TopicGrpc.Server.Corpora.Corpus;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Cluster.Tests.Documents;

/// <summary>The corpora of one member.</summary>
internal sealed class TestMember : IDisposable
{
    public const string CorpusId = "news";

    private readonly DataFolder _data;
    private readonly DiskThreads _threads = new(writers: 1, readers: 1);

    private bool _hasEnded;

    public TestMember(string folder, MetadataDatabase database, InterruptedLog log, int maxSessions)
    {
        Log = log;
        Erasures = new ErasureTable(database);
        _data = new DataFolder(Options.Create(new StorageOptions { Directory = folder }), DiskStorage.Instance);
        Store = new CorpusStore(
            _data,
            new CorpusTable(database, log),
            _threads,
            Erasures,
            Options.Create(new IngestOptions { MaxSessions = maxSessions }),
            TimeProvider.System,
            NullLogger<CorpusStore>.Instance,
            log);
        Store.Recover();
    }

    public InterruptedLog Log { get; }

    public CorpusStore Store { get; }

    /// <summary>The erasures that the member knows; a refresh makes it know all.</summary>
    public ErasureTable Erasures { get; }

    public Corpus Corpus => Store.Get(CorpusId).Corpus;

    /// <summary>Folder of the corpus.</summary>
    public string Folder => _data.Paths.Corpus(CorpusId);

    /// <summary>Path of the local copy.</summary>
    public string File => Path.Combine(Folder, CorpusFolder.DocumentsName);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static IncomingChunk Chunk(long offset, params string[] ids)
    {
        IncomingChunk chunk = new(offset, ids.Length, bytes: 1, numbers: 1);
        foreach (string id in ids)
        {
            chunk.Add(new Document(id, "text of " + id), []);
        }

        return chunk;
    }

    public Task CreateAsync() => Store.CreateAsync(new CorpusRow(CorpusId, "News", default, string.Empty), Token);

    /// <summary>Opens a session and appends documents from where it continues.</summary>
    /// <returns>Result of the append.</returns>
    public async Task<AppendResult> AddAsync(string session, params string[] ids)
    {
        (SessionState state, long owner) = await Corpus.OpenSessionAsync(session, Token);
        return await Corpus.AppendAsync(session, owner, [Chunk(state.NextOffset, ids)], Token);
    }

    /// <summary>Erases documents by id; their bytes stay until the log is rewritten.</summary>
    /// <returns>The row of the erasure.</returns>
    public async Task<ErasureRow> EraseAsync(params string[] ids)
    {
        while (true)
        {
            FoundDocuments found = await Corpus.FindAsync(document => ids.Contains(document.Id), Token);
            ErasureRow row = new(CorpusId, string.Empty, found.FileId, [.. found.Items.Select(static item => item.Place)], new Erasure
            {
                Name = $"corpora/{CorpusId}/erasures/e{Guid.NewGuid():N}",
                State = Erasure.Types.State.Running,
                DocumentCount = found.Items.Count,
            });
            if (await Corpus.HideSharedAsync(found, connection => ErasureTable.Add(connection, row, maxStored: 0), Token))
            {
                return row;
            }
        }
    }

    /// <summary>Returns the ids of all documents, in order.</summary>
    public async Task<string[]> ReadAsync() => [.. (await Corpus.ReadAllAsync(Token)).Select(static document => document.Id)];

    /// <summary>Ends the member. A repeated call changes nothing.</summary>
    public void Dispose()
    {
        if (_hasEnded)
        {
            return;
        }

        _hasEnded = true;
        _threads.Dispose();
        _data.Dispose();
    }
}
