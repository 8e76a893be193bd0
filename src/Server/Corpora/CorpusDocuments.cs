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
internal sealed partial class CorpusDocuments(
    string corpusId, CorpusFolder folder, IRunningErasures erasures, ILogger logger, bool isReplica = false)
{
    private DocumentFile? _file;
    private CorpusContent _content = new();
    private volatile bool _isTrusted;
    private bool _isWritable;
    private CorpusSummary? _summary;
    private DocumentView _view = DocumentView.None;

    /// <summary>Numbers of the last opening or append; null before.</summary>
    public CorpusSummary? Summary => Volatile.Read(ref _summary);

    /// <summary>What readers on other threads see.</summary>
    public DocumentView View => Volatile.Read(ref _view);

    /// <summary>State and hashes; valid after <see cref="EnsureOpen"/>.</summary>
    public CorpusContent Content => _content;

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

    /// <summary>Returns the records of plans, valid until the plans are released.</summary>
    public static ReadOnlyMemory<byte>[] RecordsOf(IEnumerable<AppendPlan> plans) =>
        [.. plans.SelectMany(static plan => plan.Records).Select(static record => record.Items)];

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
