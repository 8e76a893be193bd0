using System.Diagnostics.CodeAnalysis;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// Document file and content of one corpus. Runs on the disk thread of the corpus alone, except for <see cref="Summary"/> and
/// <see cref="View"/>. After a failed write or flush the content before the failure stays readable; before the next append the
/// file is opened, verified and flushed again.
/// <para>
/// The document file of a replica is opened by <see cref="OpenReplica"/> alone. What readers see is published when the replica has all
/// entries of the log that were committed before it was asked to catch up, never a state in between.
/// </para>
/// </summary>
internal sealed class CorpusDocuments(
    string corpusId, CorpusFolder folder, IRunningErasures erasures, ILogger logger, bool isReplica = false)
{
    private DocumentFile? _file;
    private CorpusContent _content = new();
    private volatile bool _isTrusted;
    private bool _isWritable;
    private bool _isCurrent;
    private string _publishedLog = string.Empty;
    private long _publishedEntries;
    private CorpusSummary? _summary;
    private DocumentView _view = DocumentView.None;

    /// <summary>Numbers of the last opening or append; null before.</summary>
    public CorpusSummary? Summary => Volatile.Read(ref _summary);

    /// <summary>What readers on other threads see.</summary>
    public DocumentView View => Volatile.Read(ref _view);

    /// <summary>State and hashes; valid after <see cref="EnsureOpen"/>.</summary>
    public CorpusContent Content => _content;

    /// <summary>Number of the last entry of the log that the replica has.</summary>
    public long Entries => _file?.Appends ?? 0;

    /// <summary>Returns the totals after some plans.</summary>
    public DocumentTotals TotalsAfter(IReadOnlyList<AppendPlan> plans) => new(
        _content.Documents + plans.Sum(static plan => (long)plan.Added.Count),
        _content.TextBytes + plans.Sum(static plan => plan.TextBytes),
        plans.Count == 0 ? _content.Dimension : plans[^1].Source.Dimension);

    /// <summary>Opens the file unless it is open.</summary>
    /// <exception cref="ServiceException">The documents are damaged, or the disk fails.</exception>
    public void EnsureOpen()
    {
        if (isReplica)
        {
            RequireCurrent();
        }
        else if (_file is null)
        {
            Open();
        }
    }

    /// <summary>Opens the file unless it is open, and again after a failed write.</summary>
    /// <exception cref="ServiceException">The documents are damaged, or the disk fails.</exception>
    public void EnsureTrusted()
    {
        if (isReplica)
        {
            RequireCurrent();
        }
        else if (_file is null || !_isTrusted)
        {
            Open();
        }
    }

    /// <summary>Opens the replica of a log; a damaged or foreign file is replaced by an empty one.</summary>
    /// <param name="logId">Id of the log.</param>
    /// <param name="target">Number of the entry from which the state is published.</param>
    /// <returns>Number of the last entry that the replica has.</returns>
    /// <exception cref="ServiceException">The disk fails.</exception>
    public long OpenReplica(string logId, long target)
    {
        if (_file is null || !_isTrusted || _file.Id != logId)
        {
            ReadReplica(logId);
        }

        PublishFrom(target);
        return _file.Appends;
    }

    /// <summary>Adds an entry of the log to the replica. One that the replica has changes nothing.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="records">Its records.</param>
    /// <param name="target">Number of the entry from which the state is published.</param>
    /// <returns>Whether the replica has the entry now; false if entries before it are missing, or the log is another one.</returns>
    /// <exception cref="ServiceException">The disk fails.</exception>
    /// <exception cref="InvalidDataException">The records do not continue those before them.</exception>
    public bool Apply(CorpusLogEntry entry, IReadOnlyList<byte[]> records, long target) => Apply(
        entry,
        [.. records.Select(static record => (ReadOnlyMemory<byte>)record)],
        () =>
        {
            HashSet<int> erased = erasures.PlacesOf(corpusId, entry.LogId);
            foreach (byte[] payload in records)
            {
                AddRecord(payload, erased);
            }
        },
        target);

    /// <summary>Adds an entry that this server has appended, as <see cref="Apply(CorpusLogEntry, IReadOnlyList{byte[]}, long)"/>.</summary>
    public bool Apply(CorpusLogEntry entry, IReadOnlyList<AppendPlan> plans) => Apply(
        entry,
        RecordsOf(plans),
        () =>
        {
            foreach (AppendPlan plan in plans)
            {
                _content.Add(plan);
            }
        },
        entry.Number);

    /// <summary>Returns the records of plans, valid until the plans are released.</summary>
    public static ReadOnlyMemory<byte>[] RecordsOf(IEnumerable<AppendPlan> plans) =>
        [.. plans.SelectMany(static plan => plan.Records).Select(static record => record.Items)];

    private bool Apply(CorpusLogEntry entry, ReadOnlyMemory<byte>[] records, Action add, long target)
    {
        if (_file is null || !_isTrusted || _file.Id != entry.LogId || entry.Number > _file.Appends + 1)
        {
            return false;
        }

        if (entry.Number == _file.Appends + 1)
        {
            OnDisk(() => _file.Append(records, entry.Totals), isWrite: true);
            add();
        }

        PublishFrom(target);
        return true;
    }

    /// <summary>Opens the file if necessary, and makes what was found there durable before anything relies on it.</summary>
    /// <exception cref="ServiceException">The documents are damaged, or the disk fails.</exception>
    [MemberNotNull(nameof(_file))]
    public void EnsureWritable()
    {
        if (isReplica)
        {
            RequireCurrent();
            return;
        }

        if (_file is null || !_isTrusted)
        {
            Open();
        }

        if (!_isWritable)
        {
            long torn = _file.TornBytes;
            OnDisk(() => folder.Repair(_file, _content.Totals), isWrite: true);
            _isWritable = true;
            if (torn > 0)
            {
                Log.TornTailMoved(logger, corpusId, torn);
            }
        }
    }

    /// <summary>Appends records of plans and returns when they are durable.</summary>
    /// <exception cref="ServiceException">The disk failed; nothing of the plans counts.</exception>
    public void Append(IReadOnlyList<AppendPlan> plans)
    {
        EnsureWritable();
        ReadOnlyMemory<byte>[] records = RecordsOf(plans);
        if (records.Length == 0)
        {
            return;
        }

        DocumentTotals totals = TotalsAfter(plans);
        OnDisk(() => _file.Append(records, totals), isWrite: true);
        foreach (AppendPlan plan in plans)
        {
            _content.Add(plan);
        }

        Publish(_file, View.Erased);
    }

    /// <summary>Hides documents whose erasure is durable.</summary>
    public void Hide(IReadOnlyList<FoundDocument> documents)
    {
        EnsureTrusted();
        _content.Remove(documents);
        Publish(_file!, new HashSet<int>([.. View.Erased, .. documents.Select(static document => document.Place)]));
    }

    /// <summary>Removes the erased documents from the disk.</summary>
    /// <exception cref="ServiceException">The documents are damaged, or the disk failed.</exception>
    public void Compact()
    {
        EnsureTrusted();
        DateTimeOffset? earliest = null;
        DocumentFile compacted = _file!;
        OnDisk(
            () =>
            {
                compacted = folder.Compact(
                    _file!, View.Erased, document => earliest = CorpusContent.Earlier(earliest, document.Time));
                folder.RemoveTails();
            },
            isWrite: true);
        _file = compacted;
        _isWritable = true;
        _content.Compacted(earliest);
        Publish(_file, DocumentView.None.Erased);
    }

    /// <summary>Records damage that a reader met. A replica is built again before its next use.</summary>
    /// <returns>The fault of the read.</returns>
    public ServiceException MarkDamaged(Exception damage)
    {
        if (isReplica)
        {
            _isTrusted = false;
            Log.ReplicaDamaged(logger, damage, corpusId);
            return Fault.DocumentsUnavailable(ResourceNames.Corpus(corpusId), damage);
        }

        string what = damage.Message;
        Volatile.Write(ref _summary, (_summary ?? new CorpusSummary(0, 0, what)) with { Damage = what });
        return Fault.CorpusDamaged(ResourceNames.Corpus(corpusId), what, damage);
    }

    [MemberNotNull(nameof(_file))]
    private void ReadReplica(string logId)
    {
        CorpusContent content = new();
        HashSet<int> erased = erasures.PlacesOf(corpusId, logId);
        DocumentFile? file = null;
        Exception? damage = null;
        _isCurrent = false;
        OnDisk(() => file = folder.OpenReplica(logId, payload => content.Add(payload, erased), out damage), isWrite: false);
        if (damage is not null)
        {
            Log.ReplicaDamaged(logger, damage, corpusId);
        }

        // After damage the content has records of the former file.
        _content = damage is null ? content : new CorpusContent();
        _file = file!;
        _isTrusted = true;
    }

    private void AddRecord(byte[] payload, HashSet<int> erased)
    {
        try
        {
            _content.Add(payload, erased);
        }
        catch (ArgumentException twice)
        {
            Distrust();
            throw new InvalidDataException($"The log of the corpus '{corpusId}' has a document twice.", twice);
        }
    }

    /// <summary>Publishes the replica if it is as long as its readers expect: a copy that is built again starts empty.</summary>
    private void PublishFrom(long target)
    {
        long least = _publishedLog == _file!.Id ? Math.Max(target, _publishedEntries) : target;
        if (_file.Appends < least)
        {
            return;
        }

        if (!_isCurrent || _publishedEntries != _file.Appends)
        {
            Publish(_file, erasures.PlacesOf(corpusId, _file.Id));
        }

        (_isCurrent, _publishedLog, _publishedEntries) = (true, _file.Id, _file.Appends);
    }

    /// <summary>Rejects a use of a replica that is built again at the moment; the next use catches up first.</summary>
    [MemberNotNull(nameof(_file))]
    private void RequireCurrent()
    {
        if (_file is null || !_isTrusted || !_isCurrent)
        {
            throw Fault.DocumentsUnavailable(
                ResourceNames.Corpus(corpusId), new IOException("The local copy of the documents is being built again."));
        }
    }

    [MemberNotNull(nameof(_file))]
    private void Open()
    {
        CorpusContent content = new();
        DocumentFile? file = null;
        HashSet<int> erased = [];
        try
        {
            OnDisk(
                () => file = folder.Open(View, id =>
                {
                    erased = erasures.PlacesOf(corpusId, id);
                    return payload => content.Add(payload, erased);
                }),
                isWrite: false);
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or ArgumentException)
        {
            ServiceException fault = MarkDamaged(damage);
            Log.Damaged(logger, damage, corpusId);
            throw fault;
        }

        _content = content;
        _file = file!;
        _isTrusted = true;
        Publish(_file, erased);
    }

    private void Publish(DocumentFile file, IReadOnlySet<int> erased)
    {
        Volatile.Write(ref _view, new DocumentView(file.Id, file.Length, erased));
        Volatile.Write(ref _summary, new CorpusSummary(_content.Documents, _content.TextBytes, Damage: null)
        {
            Earliest = _content.Earliest,
            Dimension = _content.Dimension,
        });
    }

    private void OnDisk(Action work, bool isWrite)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is (IOException and not EndOfStreamException) or UnauthorizedAccessException)
        {
            Distrust();
            string corpus = ResourceNames.Corpus(corpusId);
            throw isWrite
                ? Fault.StorageUnavailable($"The documents of '{corpus}'", exception)
                : Fault.DocumentsUnavailable(corpus, exception);
        }
    }

    private void Distrust()
    {
        _isTrusted = false;
        _isWritable = false;
    }
}
