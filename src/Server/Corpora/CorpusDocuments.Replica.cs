using System.Diagnostics.CodeAnalysis;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Corpora;

/// <content>The document file as a replica of a log that several servers share.</content>
internal sealed partial class CorpusDocuments
{
    private IReadOnlySet<int> _erased = DocumentView.None.Erased;
    private bool _isCurrent;
    private string _publishedLog = string.Empty;
    private long _publishedEntries;

    /// <summary>Number of the last entry of the log that the replica has.</summary>
    public long Entries => _file?.Appends ?? 0;

    /// <summary>Opens the replica of a log; a damaged or foreign file is replaced by an empty one.</summary>
    /// <param name="state">The log; readers see the replica from its last entry on.</param>
    /// <param name="erased">Places of the erased documents in the log, at least those of the state; null: not read yet.</param>
    /// <returns>Number of the last entry that the replica has; null: the places are needed.</returns>
    /// <exception cref="ServiceException">The disk fails.</exception>
    public long? OpenReplica(CorpusLogState state, IReadOnlySet<int>? erased)
    {
        bool isOpen = _file is not null && _isTrusted && _file.Id == state.Id;
        if (erased is null && state.Erased > (isOpen ? _erased.Count : 0))
        {
            return null;
        }

        if (!isOpen)
        {
            ReadReplica(state, erased ?? DocumentView.None.Erased);
        }
        else if (erased is not null && !TryHide(erased))
        {
            ReadReplica(state, erased);
        }

        PublishFrom(state.Entries);
        return _file!.Appends;
    }

    /// <summary>Returns whether the replica is that of a later id of the same log, without documents that the earlier one has.</summary>
    public bool IsLaterThan(string logId) => _file is not null && _isTrusted && LogIds.IsEarlier(logId, _file.Id);

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
            foreach (byte[] payload in records)
            {
                AddRecord(payload);
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

    /// <summary>Adds an erasure that this server has appended.</summary>
    /// <param name="entry">Its entry.</param>
    /// <param name="found">The documents.</param>
    /// <returns>Whether the replica has the entry now.</returns>
    /// <exception cref="ServiceException">The disk fails.</exception>
    public bool Apply(CorpusLogEntry entry, FoundDocuments found) => Apply(entry, [], () => HideReplica(found.Items), entry.Number);

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

    [MemberNotNull(nameof(_file))]
    private void ReadReplica(CorpusLogState state, IReadOnlySet<int> erased)
    {
        CorpusContent content = new();
        DocumentFile? file = null;
        Exception? damage = null;
        _isCurrent = false;
        OnDisk(
            () => file = folder.OpenReplica(
                state.Id, former => RemovedFrom(former, state), payload => content.Add(payload, erased), out damage),
            isWrite: false);
        if (damage is not null)
        {
            Log.ReplicaDamaged(logger, damage, corpusId);
        }

        // After damage the content has records of the former file.
        _content = damage is null ? content : new CorpusContent();
        _file = file!;
        _erased = erased;
        _isTrusted = true;
    }

    /// <returns>Places of the documents that were removed from a log with the id before; null: not all of them are known here.</returns>
    private HashSet<int>? RemovedFrom(string former, CorpusLogState state) =>
        LogIds.Next(former) == state.Id && erasures.PlacesOf(corpusId, former) is { } places && places.Count == state.Removed
            ? places
            : null;

    /// <summary>Hides erased documents without a moment in which the replica cannot be read.</summary>
    /// <param name="erased">Places of all erased documents; later entries may have some of them.</param>
    /// <returns>False if the file is damaged.</returns>
    private bool TryHide(IReadOnlySet<int> erased)
    {
        if (erased.Count <= _erased.Count)
        {
            return true;
        }

        try
        {
            HashSet<int> places = [.. erased.Where(place => !_erased.Contains(place))];
            IReadOnlyList<FoundDocument> hidden = [];
            OnDisk(() => hidden = folder.Find(_file!, places), isWrite: false);
            _content.Remove(hidden);
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException)
        {
            Log.ReplicaDamaged(logger, damage, corpusId);
            return false;
        }

        _erased = erased;
        PublishHidden();
        return true;
    }

    private void HideReplica(IReadOnlyList<FoundDocument> documents)
    {
        // Another call may have read their places from the database before.
        _content.Remove([.. documents.Where(document => !_erased.Contains(document.Place))]);
        _erased = new HashSet<int>([.. _erased, .. documents.Select(static document => document.Place)]);
    }

    private void AddRecord(byte[] payload)
    {
        try
        {
            _content.Add(payload, _erased);
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
            Publish(_file, _erased);
        }

        (_isCurrent, _publishedLog, _publishedEntries) = (true, _file.Id, _file.Appends);
    }

    /// <summary>Takes hidden documents from readers. The entries that they see stay the same.</summary>
    private void PublishHidden()
    {
        if (_isCurrent && _publishedEntries == _file!.Appends)
        {
            Publish(_file, _erased);
        }
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
}
