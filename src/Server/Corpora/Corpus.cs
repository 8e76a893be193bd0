using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// The documents of one corpus and its ingest sessions. Thread-safe. Changes run on one disk thread, which stores all appends that wait
/// with one flush; no caller waits for the disk on a thread of the thread pool.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "Streams use the token after the deletion, and the source owns no timer or handle.")]
internal sealed partial class Corpus
{
    private readonly CorpusFolder _folder;
    private readonly CorpusDocuments _documents;
    private readonly DocumentReader _reader;
    private readonly DataFolder _data;
    private readonly IRunningErasures _erasures;
    private readonly DiskThreads _threads;
    private readonly DiskQueue _writer;
    private readonly ConcurrentQueue<PendingAppend> _pending = new();
    private readonly ConcurrentDictionary<string, long> _owners = new(StringComparer.Ordinal);
    private readonly int _maxSessions;
    private readonly EmbeddingSource _declared;
    private readonly ICorpusLog? _log;
    private readonly CorpusReplica? _replica;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _deleted = new();
    private volatile bool _isDeleted;
    private long _lastOwner;

    public Corpus(
        string id,
        EmbeddingSource declared,
        DataFolder data,
        DiskThreads threads,
        IRunningErasures erasures,
        int maxSessions,
        ILogger logger,
        ICorpusLog? log = null)
    {
        Id = id;
        _declared = declared;
        _maxSessions = maxSessions;
        _threads = threads;
        _data = data;
        _erasures = erasures;
        _writer = threads.Writer(id);
        _folder = new CorpusFolder(data, id);
        _documents = new CorpusDocuments(id, _folder, erasures, logger, isReplica: log is not null);
        _reader = new DocumentReader(id, _folder.Documents, data, _documents, threads, _writer, RequireExisting);
        _log = log;
        _replica = log is null ? null : new CorpusReplica(id, log, _documents, _writer, RequireExisting, logger);
        _logger = logger;
    }

    /// <summary>Id of the corpus, the last part of its name.</summary>
    public string Id { get; }

    /// <summary>When the corpus was created; distinguishes corpora that had the same id one after the other.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>Id of the document file; empty before the first use.</summary>
    public string FileId => _documents.View.FileId;

    /// <summary>Canceled when the corpus is deleted; open streams end then.</summary>
    public CancellationToken Deleted => _deleted.Token;

    /// <summary>Opens the documents unless they are open, catches up with the log, and returns their numbers.</summary>
    /// <exception cref="ServiceException">The documents are damaged, or the disk fails.</exception>
    public async Task<CorpusSummary> OpenAsync(CancellationToken cancellationToken)
    {
        await CatchUpAsync(cancellationToken);
        return _documents.Summary is { IsDamaged: false } summary ? summary : await _writer.RunAsync(
            () =>
            {
                RequireExisting();
                _documents.EnsureOpen();
                return _documents.Summary!;
            },
            cancellationToken);
    }

    /// <summary>Returns the numbers of the corpus. Reads no document; damage is part of the result.</summary>
    public async Task<CorpusSummary> DescribeAsync(CancellationToken cancellationToken)
    {
        if (_log is not null)
        {
            return Summary((await _log.FindAsync(Id, cancellationToken) ?? throw Fault.CorpusNotFound(ResourceNames.Corpus(Id))).Totals);
        }

        if (_documents.Summary is { } known)
        {
            return known;
        }

        if (await _threads.ReadAsync(Describe, cancellationToken) is { } summary)
        {
            return summary;
        }

        // A file of format 1 has no numbers of its own; opening converts it, once.
        try
        {
            return await OpenAsync(cancellationToken);
        }
        catch (ServiceException failure)
        {
            return _documents.Summary ?? new CorpusSummary(0, 0, failure.Message);
        }
    }

    /// <summary>Reads which texts ended the process.</summary>
    public Task<CrashRecord> ReadCrashesAsync(CancellationToken cancellationToken) =>
        _threads.ReadAsync(() => new CrashFile(_data, Id).Read(), cancellationToken);

    /// <summary>Opens a session for a new connection; an older connection of the same session loses ownership.</summary>
    /// <returns>The session, and the owner number that the connection appends with and closes the session with.</returns>
    /// <exception cref="ServiceException">The session is new and the limit is reached, or the disk fails.</exception>
    public Task<(SessionState Session, long Owner)> OpenSessionAsync(
        string sessionId,
        CancellationToken cancellationToken) =>
        _replica is not null ? OpenSharedSessionAsync(sessionId, cancellationToken) : _writer.RunAsync(
        () =>
        {
            RequireExisting();

            // The session's offset acknowledges the documents below it, so they must be durable.
            _documents.EnsureWritable();
            RequireRoom(sessionId);
            long owner = ++_lastOwner;
            _owners[sessionId] = owner;
            return (_documents.Content.Session(sessionId), owner);
        },
        cancellationToken);

    /// <summary>Ends the ownership of a connection; of the session stays what it has stored.</summary>
    public async Task CloseSessionAsync(string sessionId, long owner)
    {
        _owners.TryRemove(KeyValuePair.Create(sessionId, owner));
        if (_log is null)
        {
            return;
        }

        try
        {
            await _log.CloseSessionAsync(Id, sessionId, owner, CancellationToken.None);
        }
        catch (ServiceException failure)
        {
            // An owner that stays recorded does not block the next one.
            Corpora.Log.SessionNotClosed(_logger, failure, Id);
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
        PendingAppend append = new(sessionId, owner, chunks);
        _pending.Enqueue(append);
        Task stored = _replica is null ? _writer.RunAsync(StorePending, CancellationToken.None) : StoreSharedAsync();
        await using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(append.Cancel, null);
        await Task.WhenAny(append.Result, stored);
        return await (append.Result.IsCompleted || stored.IsCompletedSuccessfully ? append.Result : Failed(stored));
    }

    /// <summary>Returns the state of a session.</summary>
    public async Task<SessionState> GetSessionAsync(string sessionId, CancellationToken cancellationToken)
    {
        await CatchUpAsync(cancellationToken);
        return await _writer.RunAsync(
            () =>
            {
                _documents.EnsureOpen();
                return _documents.Content.Session(sessionId);
            },
            cancellationToken);
    }

    /// <summary>Returns the header and the durable length of the document file at one moment; what lies below never changes.</summary>
    /// <exception cref="ServiceException">The documents are damaged, or the disk fails.</exception>
    public async Task<(byte[] Header, long Length)> FreezeAsync(CancellationToken cancellationToken)
    {
        await CatchUpAsync(cancellationToken);
        return await _writer.RunAsync(
            () =>
            {
                RequireExisting();
                _documents.EnsureOpen();
                return (_folder.ReadHeader(), _documents.View.Length);
            },
            cancellationToken);
    }

    /// <summary>Deletes the documents and ends the streams. Nothing is written afterwards.</summary>
    /// <param name="removeRow">Removes the row; the deletion counts when it returns.</param>
    /// <param name="cancellationToken">Cancels the deletion before it starts.</param>
    /// <returns>Whether the folder was removed too; if not, the next start removes it.</returns>
    public async Task<bool> DeleteAsync(Action removeRow, CancellationToken cancellationToken)
    {
        bool isRemoved = await _writer.RunAsync(
            () =>
            {
                RequireExisting();
                RequireNoErasure();
                MarkDeleted();
                removeRow();
                _isDeleted = true;
                return TryRemove();
            },
            cancellationToken);
        await _deleted.CancelAsync();
        return isRemoved;
    }

    private static async Task<AppendResult> Failed(Task stored)
    {
        await stored;
        throw new InvalidOperationException("The append was not stored.");
    }

    private CorpusSummary? Describe()
    {
        try
        {
            return _folder.ReadMark() is { } mark ? Summary(mark.Totals) : null;
        }
        catch (InvalidDataException damage)
        {
            return new CorpusSummary(0, 0, damage.Message);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The message of the system names paths of the server.
            return new CorpusSummary(0, 0, "the document file cannot be read.");
        }
    }

    private static CorpusSummary Summary(in DocumentTotals totals) => new(totals.Documents, totals.TextBytes, Damage: null)
    {
        Dimension = totals.Dimension,
    };

    private int StorePending()
    {
        List<PendingAppend> appends = TakePending(long.MaxValue);
        if (appends.Count > 0)
        {
            Store(appends);
        }

        return appends.Count;
    }

    /// <summary>Takes appends that wait, at least one and no more after some bytes.</summary>
    private List<PendingAppend> TakePending(long bytes)
    {
        List<PendingAppend> appends = [];
        while (bytes > 0 && _pending.TryDequeue(out PendingAppend? append))
        {
            if (!append.Result.IsCompleted)
            {
                appends.Add(append);
                bytes -= append.ContentBytes;
            }
        }

        return appends;
    }

    [SuppressMessage(
        "Design",
        "CA1031:Do not catch general exception types",
        Justification = "Each waiting append receives the exception.")]
    private void Store(List<PendingAppend> appends)
    {
        try
        {
            RequireExisting();
            _documents.EnsureWritable();
            List<AppendPlan> plans = Plan(appends);
            _documents.Append(plans);
            plans.ForEach(static plan => plan.Release());
        }
        catch (Exception exception)
        {
            appends.ForEach(append => append.Fail(exception));
            return;
        }

        appends.ForEach(static append =>
        {
            if (append.Planned is not null)
            {
                append.Complete();
            }
        });
    }

    private void RequireRoom(string sessionId)
    {
        CorpusContent content = _documents.Content;
        if (_maxSessions == 0 || content.HasSession(sessionId) || content.SessionCount + _owners.Count < _maxSessions)
        {
            return;
        }

        // A session that is open counts before it has stored anything, so that two connections never both take the last place.
        int unstored = _owners.Keys.Count(open => open != sessionId && !content.HasSession(open));
        if (content.SessionCount + unstored >= _maxSessions)
        {
            throw LimitFault.Sessions(ResourceNames.Corpus(Id), _maxSessions);
        }
    }

    private List<AppendPlan> Plan(List<PendingAppend> appends)
    {
        List<AppendPlan> plans = [];
        List<IReadOnlyDictionary<string, UInt128>> known = [_documents.Content.Hashes];
        Dictionary<string, SessionState> sessions = new(StringComparer.Ordinal);
        EmbeddingSource source = _documents.Content.Source(_declared);
        foreach (PendingAppend append in appends)
        {
            if (Rejection(append) is { } rejection)
            {
                append.Fail(rejection);
                continue;
            }

            append.Plan(sessions.GetValueOrDefault(append.SessionId) ?? _documents.Content.Session(append.SessionId), known, source);
            if (append.Planned is { } plan)
            {
                plans.Add(plan);
                known = [.. known, plan.Added];
                sessions[append.SessionId] = plan.Session;
                source = plan.Source;
            }
        }

        return plans;
    }

    private ServiceException? Rejection(PendingAppend append)
    {
        if (_log is null)
        {
            return _owners.GetValueOrDefault(append.SessionId) == append.Owner ? null : Fault.SessionTakenOver();
        }

        // The log knows the owner. Sessions of other servers may have taken the last place since this one was opened.
        return _maxSessions > 0 && !_documents.Content.HasSession(append.SessionId) && _documents.Content.SessionCount >= _maxSessions
            ? LimitFault.Sessions(ResourceNames.Corpus(Id), _maxSessions)
            : null;
    }

    private void RequireExisting()
    {
        if (_isDeleted)
        {
            throw Fault.CorpusNotFound(ResourceNames.Corpus(Id));
        }
    }

    private void MarkDeleted()
    {
        try
        {
            _folder.MarkDeleted();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Fault.StorageUnavailable($"The deletion of '{ResourceNames.Corpus(Id)}'", exception);
        }
    }

    private bool TryRemove()
    {
        try
        {
            _folder.Remove();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
