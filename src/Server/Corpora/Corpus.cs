using System.Diagnostics.CodeAnalysis;
using System.Text;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Corpora;

/// <summary>The documents of one corpus and its ingest sessions. Thread-safe; one caller appends at a time.</summary>
internal sealed class Corpus : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, UInt128> _contents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SessionState> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _owners = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly CancellationTokenSource _deleted = new();
    private DocumentFile? _file;
    private long _textBytes;
    private bool _isDeleted;

    private Corpus(string id, string path)
    {
        Id = id;
        _path = path;
    }

    /// <summary>Id of the corpus, the last part of its name.</summary>
    public string Id { get; }

    /// <summary>Number of durable documents, and bytes of their texts.</summary>
    public (long Documents, long TextBytes) Size
    {
        get
        {
            _gate.Wait();
            try
            {
                return (_contents.Count, _textBytes);
            }
            finally
            {
                _gate.Release();
            }
        }
    }

    /// <summary>Canceled when the corpus is deleted; open streams end then.</summary>
    public CancellationToken Deleted => _deleted.Token;

    /// <summary>Bytes of an incomplete record that were removed at opening.</summary>
    public long TornBytes { get; private set; }

    /// <summary>Opens and reads the document file of a corpus.</summary>
    /// <exception cref="ServiceException">The file is damaged.</exception>
    public static Corpus Open(string id, string path)
    {
        Corpus corpus = new(id, path);
        corpus.Reopen();
        return corpus;
    }

    /// <summary>Opens a session for a new connection; an older connection of the same session loses ownership.</summary>
    /// <returns>The session, and the owner number that the connection appends with.</returns>
    public async Task<(SessionState Session, long Owner)> OpenSessionAsync(string sessionId, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            long owner = _owners.GetValueOrDefault(sessionId) + 1;
            _owners[sessionId] = owner;
            return (Session(sessionId), owner);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Stores chunks of a session and returns when they are durable.</summary>
    /// <exception cref="ServiceException">An offset gap, a session with a newer connection, or a failed write.</exception>
    public async Task<AppendResult> AppendAsync(
        string sessionId,
        long owner,
        IReadOnlyList<IncomingChunk> chunks,
        CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_isDeleted)
            {
                throw Fault.CorpusNotFound(ResourceNames.Corpus(Id));
            }

            if (_owners.GetValueOrDefault(sessionId) != owner)
            {
                throw Fault.SessionTakenOver();
            }

            if (_file is null)
            {
                Reopen();
            }

            AppendPlan plan = new(Session(sessionId), _contents);
            foreach (IncomingChunk chunk in chunks)
            {
                plan.Add(chunk);
            }

            Write(plan);
            return plan.Result;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Returns the state of a session.</summary>
    public async Task<SessionState> GetSessionAsync(string sessionId, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return Session(sessionId);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Reads every document that is durable now, in the order of arrival. Appends continue during the read.</summary>
    public async Task<List<Document>> ReadAllAsync(CancellationToken cancellationToken)
    {
        long length;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            length = _file?.Length ?? 0;
        }
        finally
        {
            _gate.Release();
        }

        List<Document> documents = [];
        DocumentFile.Read(_path, length, payload =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            documents.AddRange(ChunkCodec.Decode(payload).Documents);
        });
        return documents;
    }

    /// <summary>Waits for the running append, closes the file permanently, and ends the streams. Nothing is written afterwards.</summary>
    public void Delete()
    {
        _gate.Wait();
        try
        {
            _file?.Dispose();
            _file = null;
            _isDeleted = true;
        }
        finally
        {
            _gate.Release();
        }

        // Outside the lock: a stream that wakes up may acquire it.
        _deleted.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file?.Dispose();
        _gate.Dispose();
        _deleted.Dispose();
    }

    private SessionState Session(string sessionId) => _sessions.GetValueOrDefault(sessionId) ?? new SessionState(sessionId, 0, 0, 0);

    private void Write(AppendPlan plan)
    {
        if (plan.Records.Count == 0)
        {
            return;
        }

        try
        {
            _file!.Append(plan.Records);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // After a failed write the content of the file is unknown: the next append reads the file again.
            _file!.Dispose();
            _file = null;
            throw Fault.StorageUnavailable($"The documents of '{ResourceNames.Corpus(Id)}'", exception);
        }

        foreach ((string id, UInt128 content) in plan.Added)
        {
            _contents.Add(id, content);
        }

        _textBytes += plan.TextBytes;
        _sessions[plan.Session.Id] = plan.Session;
    }

    [MemberNotNull(nameof(_file))]
    private void Reopen()
    {
        _contents.Clear();
        _sessions.Clear();
        _textBytes = 0;
        try
        {
            _file = DocumentFile.Open(_path, payload =>
            {
                StoredChunk chunk = ChunkCodec.Decode(payload);
                _sessions[chunk.Session.Id] = chunk.Session;
                foreach (Document document in chunk.Documents)
                {
                    _contents.Add(document.Id, ContentHash.Of(document));
                    _textBytes += Encoding.UTF8.GetByteCount(document.Text);
                }
            });
            TornBytes = _file.TornBytes;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or ArgumentException)
        {
            throw Fault.CorpusDamaged(ResourceNames.Corpus(Id), exception.Message, exception);
        }
    }
}
