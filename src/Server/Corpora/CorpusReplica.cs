using System.Diagnostics.CodeAnalysis;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// Keeps the document file of one corpus a replica of its log. Thread-safe. Every use of the documents catches up first, so it sees what
/// was acknowledged by any server before it started.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "A semaphore without a wait handle owns nothing that must be released.")]
internal sealed class CorpusReplica(
    string corpusId, ICorpusLog log, CorpusDocuments documents, DiskQueue writer, Action requireExisting, ILogger logger)
{
    private const int PageLength = 256;
    private const int MaxRestarts = 8;

    // One transfer at a time: callers that need the same entries fetch them once.
    private readonly SemaphoreSlim _fetching = new(1);

    /// <summary>Applies the entries that were committed before the call.</summary>
    /// <returns>The log as it was found; the replica has its entries, and perhaps further ones.</returns>
    /// <exception cref="ServiceException">
    /// The corpus does not exist, an entry is lost, or database, store or disk fail (UNAVAILABLE).
    /// </exception>
    public async Task<CorpusLogState> CatchUpAsync(CancellationToken cancellationToken)
    {
        for (int restart = 0; restart <= MaxRestarts; restart++)
        {
            CorpusLogState state = await log.FindAsync(corpusId, cancellationToken)
                ?? throw Fault.CorpusNotFound(ResourceNames.Corpus(corpusId));
            long? last = await OpenAsync(state, cancellationToken);
            if (last >= state.Entries || (last is not null && await FetchAsync(state, cancellationToken)))
            {
                return state;
            }
        }

        throw Fault.DocumentsUnavailable(
            ResourceNames.Corpus(corpusId), new IOException("The log of the corpus was replaced during each attempt to read it."));
    }

    /// <summary>Adds an entry that this server has appended. If that fails, the next use builds the replica again.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The entry is durable in the log.")]
    public async Task ApplyAsync(CorpusLogEntry entry, IReadOnlyList<AppendPlan> plans)
    {
        try
        {
            await writer.RunAsync(() => documents.Apply(entry, plans), CancellationToken.None);
        }
        catch (Exception failure)
        {
            Log.ReplicaBehind(logger, failure, corpusId);
        }
    }

    /// <summary>Adds an erasure that this server has appended. If that fails, the next use builds the replica again.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The entry is durable in the log.")]
    public async Task ApplyAsync(CorpusLogEntry entry, FoundDocuments found)
    {
        try
        {
            await writer.RunAsync(() => documents.Apply(entry, found), CancellationToken.None);
        }
        catch (Exception failure)
        {
            Log.ReplicaBehind(logger, failure, corpusId);
        }
    }

    /// <returns>Number of the last entry of the replica; null: the log was replaced meanwhile.</returns>
    private async Task<long?> OpenAsync(CorpusLogState state, CancellationToken cancellationToken)
    {
        (bool isOutdated, long? last) = await OpenAsync(state, erased: null, cancellationToken);
        if (isOutdated || last is not null)
        {
            return last;
        }

        // Read after the state, so that they include its erasures.
        return await log.ReadErasedAsync(corpusId, state.Id, cancellationToken) is { } erased && erased.Count >= state.Erased
            ? (await OpenAsync(state, erased, cancellationToken)).Last
            : null;
    }

    private Task<(bool IsOutdated, long? Last)> OpenAsync(
        CorpusLogState state, IReadOnlySet<int>? erased, CancellationToken cancellationToken) => writer.RunAsync(
        () =>
        {
            requireExisting();
            return documents.IsLaterThan(state.Id) ? (true, null) : (false, documents.OpenReplica(state, erased));
        },
        cancellationToken);

    /// <returns>False if the log was replaced or removed meanwhile.</returns>
    private async Task<bool> FetchAsync(CorpusLogState state, CancellationToken cancellationToken)
    {
        await _fetching.WaitAsync(cancellationToken);
        try
        {
            if (await OpenAsync(state, cancellationToken) is not { } last)
            {
                return false;
            }

            while (last < state.Entries)
            {
                IReadOnlyList<CorpusLogEntry> entries = await log.ListAsync(state.Id, last, PageLength, cancellationToken);
                if (entries.Count == 0)
                {
                    return false;
                }

                foreach (CorpusLogEntry entry in entries.TakeWhile(entry => entry.Number <= state.Entries))
                {
                    IReadOnlyList<byte[]>? records = await ReadAsync(entry, cancellationToken);
                    if (records is null
                        || !await writer.RunAsync(() => documents.Apply(entry, records, state.Entries), cancellationToken))
                    {
                        return false;
                    }

                    last = entry.Number;
                }
            }

            return true;
        }
        finally
        {
            _fetching.Release();
        }
    }

    /// <returns>The records; null if the log was replaced or removed meanwhile, with its records.</returns>
    private async Task<IReadOnlyList<byte[]>?> ReadAsync(CorpusLogEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            return await log.ReadAsync(entry, cancellationToken);
        }
        catch (InvalidDataException damage)
        {
            if ((await log.FindAsync(corpusId, cancellationToken))?.Id != entry.LogId)
            {
                return null;
            }

            Log.EntryUnreadable(logger, damage, corpusId, entry.Number);
            throw Fault.CorpusDamaged(ResourceNames.Corpus(corpusId), damage.Message, damage);
        }
        catch (IOException failure)
        {
            throw Fault.DocumentsUnavailable(ResourceNames.Corpus(corpusId), failure);
        }
    }
}
