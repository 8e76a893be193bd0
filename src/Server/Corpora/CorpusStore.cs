using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Corpora;

/// <summary>All corpora. A corpus exists if the database has its row; its documents are read at the first use.</summary>
internal sealed class CorpusStore(
    DataFolder folder,
    CorpusTable table,
    DiskThreads threads,
    IRunningErasures erasures,
    IOptions<IngestOptions> options,
    TimeProvider clock,
    ILogger<CorpusStore> logger,
    ICorpusLog? log = null,
    IChangeFeed? changes = null)
{
    // One creation at a time, so that two callers never both take the last place.
    private readonly Lock _creating = new();
    private readonly ConcurrentDictionary<string, Corpus> _corpora = new(StringComparer.Ordinal);

    /// <summary>Creates a corpus; a repeated request returns the corpus of the first.</summary>
    /// <param name="corpus">Row without the time of the creation.</param>
    /// <param name="cancellationToken">Cancels the creation before it starts.</param>
    /// <exception cref="ServiceException">The id is taken, the limit is reached, or the disk fails.</exception>
    public async Task<CorpusRow> CreateAsync(CorpusRow corpus, CancellationToken cancellationToken)
    {
        await (changes ?? LocalChangeFeed.Instance).CatchUpAsync(ChangeKinds.Corpus, cancellationToken);
        return await threads.Writer(corpus.Id).RunAsync(
            () =>
            {
                if (table.Find(corpus.Id) is { } existing)
                {
                    return corpus.RequestId.Length > 0 && existing.RequestId == corpus.RequestId
                        ? existing
                        : throw Fault.CorpusExists(ResourceNames.Corpus(corpus.Id));
                }

                // Milliseconds, as the database keeps.
                var created = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
                lock (_creating)
                {
                    return Create(corpus with { Created = created });
                }
            },
            cancellationToken);
    }

    /// <summary>Takes over what other members of a cluster have changed.</summary>
    /// <exception cref="ServiceException">The database fails.</exception>
    public async Task RefreshAsync(RowChanges changed, CancellationToken cancellationToken)
    {
        await table.RefreshAsync(changed.Ids, cancellationToken);
        await RemoveDeletedAsync(cancellationToken);
    }

    /// <summary>Changes the row of a corpus.</summary>
    /// <exception cref="ServiceException">The corpus does not exist, or the disk fails.</exception>
    public Task<CorpusRow> UpdateAsync(string id, Func<CorpusRow, CorpusRow> change, CancellationToken cancellationToken) =>
        threads.Writer(id).RunAsync(
            () => table.TryUpdate(id, change) ?? throw Fault.CorpusNotFound(ResourceNames.Corpus(id)),
            cancellationToken);

    /// <summary>Finds a corpus; reads none of its documents.</summary>
    /// <exception cref="ServiceException">The corpus does not exist.</exception>
    public (CorpusRow Row, Corpus Corpus) Get(string id)
    {
        CorpusRow row = table.Find(id) ?? throw Fault.CorpusNotFound(ResourceNames.Corpus(id));
        return (row, Of(row));
    }

    /// <summary>Lists the corpora after an id, in order.</summary>
    public IReadOnlyList<CorpusRow> List(string afterId, int count) => table.List(afterId, count);

    /// <summary>Returns the corpus of a row.</summary>
    public Corpus Of(CorpusRow row)
    {
        Corpus corpus = _corpora.GetOrAdd(row.Id, static (_, at) => at.Store.Open(at.Row), (Store: this, Row: row));
        if (log is null || corpus.Created == row.Created)
        {
            return corpus;
        }

        // Another server deleted the corpus and created one of the same name.
        Corpus other = Open(row);
        return _corpora.TryUpdate(row.Id, other, corpus) ? other : _corpora.GetOrAdd(row.Id, other);
    }

    /// <summary>Deletes a corpus and its documents.</summary>
    /// <returns>Whether the corpus existed.</returns>
    /// <exception cref="ServiceException">The disk fails; the corpus exists still.</exception>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        if (table.Find(id) is not { } row)
        {
            return false;
        }

        bool isRemoved;
        try
        {
            isRemoved = await Of(row).DeleteAsync(
                () =>
                {
                    table.Remove(id);
                    _corpora.TryRemove(id, out _);
                },
                cancellationToken);
        }
        catch (ServiceException gone) when (gone.Code == Grpc.Core.StatusCode.NotFound)
        {
            return false;
        }

        if (!isRemoved)
        {
            Log.RemovalPostponed(logger, id);
        }

        Log.CorpusDeleted(logger, id);
        return true;
    }

    /// <summary>
    /// Completes the local copies of all corpora before they are read as files. One whose log is damaged stays as it is; without a shared
    /// log nothing is to be done.
    /// </summary>
    /// <exception cref="ServiceException">Database, store or disk fail.</exception>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        foreach (CorpusRow row in log is null ? [] : table.All)
        {
            try
            {
                await Of(row).OpenAsync(cancellationToken);
            }
            catch (ServiceException gone) when (gone.Code is Grpc.Core.StatusCode.NotFound or Grpc.Core.StatusCode.DataLoss)
            {
                // The corpus was deleted, or its missing copy is reported.
            }
        }
    }

    /// <summary>Ends the use of corpora that another server has deleted: their streams end, and their local copies are removed.</summary>
    public async Task RemoveDeletedAsync(CancellationToken cancellationToken)
    {
        foreach ((string id, Corpus corpus) in _corpora)
        {
            CorpusRow? row = table.Find(id);
            if (row?.Created != corpus.Created)
            {
                // The copy of a corpus of the same name replaces the folder when it is opened.
                _corpora.TryRemove(KeyValuePair.Create(id, corpus));
                await corpus.LeaveAsync(removesFolder: row is null, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Completes or withdraws the creations and deletions that a crash interrupted. Reports folders without a row and rows without a
    /// folder, which stay as they are. Called once, at startup.
    /// </summary>
    public void Recover()
    {
        if (log is not null)
        {
            RemoveFormerCopies();
            return;
        }

        var lost = table.All.Select(static row => row.Id).ToHashSet(StringComparer.Ordinal);
        foreach (string path in folder.Files.ListFolders(folder.Corpora))
        {
            string id = Path.GetFileName(path);
            bool exists = lost.Remove(id);
            if (new CorpusFolder(folder, id).Recover(exists))
            {
                Log.InterruptionCompleted(logger, id);
            }
            else if (!exists)
            {
                Log.Stray(logger, path);
                folder.Warnings.AddStray(
                    folder.Paths.Relative(path),
                    new StorageWarning($"The folder corpora/{id} belongs to no corpus; it is not used.", CorpusId: id));
            }
        }

        foreach (string id in lost)
        {
            Log.FolderMissing(logger, id);
            folder.Warnings.Add(new StorageWarning($"The folder of '{ResourceNames.Corpus(id)}' is missing.", CorpusId: id));
        }
    }

    /// <summary>
    /// Removes local copies that may have something of documents which were erased while this server did not run: they are built again
    /// when they are used. Without a shared log nothing is to be done. Called once, before the server listens.
    /// </summary>
    /// <exception cref="ServiceException">The database fails.</exception>
    public async Task RemoveOutdatedCopiesAsync(CancellationToken cancellationToken)
    {
        foreach (CorpusRow row in log is null ? [] : table.All)
        {
            CorpusFolder copy = new(folder, row.Id);
            if (copy.Exists() && await log!.FindAsync(row.Id, cancellationToken) is { } state && !copy.IsReplicaOf(state.Id))
            {
                copy.Remove();
                Log.OutdatedCopyRemoved(logger, row.Id);
            }
        }
    }

    /// <summary>Records that no local file of a corpus has anything of erased documents.</summary>
    public void CompleteErasure(string id) => new CorpusFolder(folder, id).CompleteErasure();

    /// <summary>Returns whether this server has local files of a corpus.</summary>
    public bool HasFiles(string id) => new CorpusFolder(folder, id).Exists();

    private Corpus Open(CorpusRow row) => new(
        row.Id, row.Given?.Source ?? EmbeddingSource.Undecided, folder, threads, erasures, options.Value.MaxSessions, logger, log)
    {
        Created = row.Created,
    };

    /// <summary>Removes the folders of corpora that were deleted while this server did not run. Folders of others appear on use.</summary>
    private void RemoveFormerCopies()
    {
        foreach (string path in folder.Files.ListFolders(folder.Corpora))
        {
            string id = Path.GetFileName(path);
            if (table.Find(id) is null)
            {
                new CorpusFolder(folder, id).Remove();
                Log.CopyRemoved(logger, id);
            }
        }
    }

    private CorpusRow Create(CorpusRow row)
    {
        int limit = options.Value.MaxCorpora;
        if (limit > 0 && table.Count() >= limit)
        {
            throw LimitFault.Corpora(limit);
        }

        // The folder first: a row without a folder means that documents were lost.
        CreateFolder(row.Id);
        _corpora.TryRemove(row.Id, out _);
        return table.TryAdd(row, limit) ? row : throw Fault.CorpusExists(ResourceNames.Corpus(row.Id));
    }

    private void CreateFolder(string id)
    {
        try
        {
            if (log is not null)
            {
                // The copy of a former corpus; the first use creates another one.
                new CorpusFolder(folder, id).Remove();
                return;
            }

            if (new CorpusFolder(folder, id).Create() is { } quarantined)
            {
                Log.StrayFolderMoved(logger, id, quarantined);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Fault.StorageUnavailable($"The corpus '{ResourceNames.Corpus(id)}'", exception);
        }
    }
}
