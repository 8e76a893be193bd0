using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Models;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Erasing;

/// <summary>
/// Takes over erasures that any member of a cluster has started or ended: their documents are hidden in the versions of this member before
/// the call that started an erasure returns.
/// </summary>
internal sealed class ErasureRefresh(
    ErasureTable table,
    CorpusStore corpora,
    ErasedDocuments erased,
    ModelRegistry models,
    ErasureSignal signal,
    ILogger<ErasureRefresh> logger)
{
    /// <summary>Reads the erasures of corpora again, and hides the documents of new ones.</summary>
    /// <exception cref="ServiceException">The database fails; the call can be repeated.</exception>
    public async Task RunAsync(RowChanges changes, CancellationToken cancellationToken)
    {
        IReadOnlyList<ErasureRow> stored = await table.RefreshAsync(changes.Ids, cancellationToken);
        HashSet<string> names = [.. stored.Select(static row => row.Receipt.Name)];
        erased.Remove(
            [.. erased.Running.Where(running => changes.Has(running.Row.Corpus) && !names.Contains(running.Row.Receipt.Name))]);
        HashSet<string> known = [.. erased.Running.Select(static running => running.Row.Receipt.Name)];
        bool isNew = false;
        foreach (ErasureRow row in stored.Where(row => !known.Contains(row.Receipt.Name)))
        {
            RunningErasure running = new(row, quiet: null);
            await TryFindAsync(running, cancellationToken);
            erased.Add(running);
            isNew = true;
        }

        if (isNew)
        {
            models.HideErased();
        }

        signal.Set();
    }

    /// <summary>Finds the documents that an earlier attempt did not find, for example because the object store was away.</summary>
    /// <returns>Whether all documents are known and hidden now.</returns>
    public async Task<bool> FindMissingAsync(CancellationToken cancellationToken)
    {
        RunningErasure[] missing = [.. erased.Running.Where(static running => running.Documents is null)];
        bool areFound = true;
        foreach (RunningErasure running in missing)
        {
            areFound &= await TryFindAsync(running, cancellationToken);
        }

        if (missing.Length > 0)
        {
            models.HideErased();
        }

        return areFound;
    }

    private async Task<bool> TryFindAsync(RunningErasure running, CancellationToken cancellationToken)
    {
        ErasureRow row = running.Row;
        try
        {
            // Of another id of the log, the versions were done before the records were replaced.
            running.Know(await corpora.Get(row.Corpus).Corpus.FindErasedAsync(
                row.FileId, new HashSet<int>(row.Places), cancellationToken) ?? new FoundDocuments(row.FileId, []));
            return true;
        }
        catch (ServiceException failure)
        {
            Log.NotFound(logger, failure, ResourceNames.Corpus(row.Corpus));
            return false;
        }
    }
}
