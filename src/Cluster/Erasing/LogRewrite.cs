using TopicGrpc.Cluster.Documents;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;

namespace TopicGrpc.Cluster.Erasing;

/// <summary>
/// Removes erased documents from the records of a log. Each entry that contains one gets another object; the entries name the former
/// objects until all are written, and the new ones after one transaction. Any member continues what another one has begun.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="store">The objects.</param>
/// <param name="database">The rows.</param>
/// <param name="window">Entries that an object may become; the same at all members.</param>
internal sealed class LogRewrite(ICorpusLog log, RecordStore store, MetadataDatabase database, int window = RecordKeys.Window)
{
    private const int MaxAttempts = 8;

    /// <summary>Removes documents from the records of a log.</summary>
    /// <param name="corpusId">Id of the corpus.</param>
    /// <param name="logId">Id of the log.</param>
    /// <param name="places">Places of all erased documents in the log.</param>
    /// <param name="cancellationToken">Stops between two entries.</param>
    /// <returns>False if further documents were erased meanwhile, or the log was replaced; it can run again.</returns>
    /// <exception cref="ServiceException">The database fails, or appends of members leave no time to name an object.</exception>
    /// <exception cref="IOException">The store fails.</exception>
    /// <exception cref="InvalidDataException">Records are missing or damaged.</exception>
    public async Task<bool> RunAsync(
        string corpusId, string logId, IReadOnlySet<int> places, CancellationToken cancellationToken)
    {
        int[] ordered = [.. places.Order()];
        List<PlacedEntry> entries = await StageAsync(corpusId, logId, ordered, cancellationToken);
        return await database.WriteAsync(
            connection => RewriteTable.Exchange(connection, logId, entries.Count, ordered.Length), cancellationToken);
    }

    /// <summary>Writes and names the objects of the entries that contain erased documents; the entries are unchanged.</summary>
    /// <param name="corpusId">Id of the corpus.</param>
    /// <param name="logId">Id of the log.</param>
    /// <param name="places">Places of all erased documents in the log, ascending.</param>
    /// <param name="cancellationToken">Stops between two entries.</param>
    /// <returns>The entries.</returns>
    public async Task<List<PlacedEntry>> StageAsync(
        string corpusId, string logId, int[] places, CancellationToken cancellationToken)
    {
        (List<PlacedEntry> entries, HashSet<long> staged) = await database.ReadAsync(
            connection => (
                RewriteTable.FindEntries(connection, logId, places), RewriteTable.ReadStaged(connection, logId, places.Length)),
            cancellationToken);
        foreach (PlacedEntry entry in entries.Where(entry => !staged.Contains(entry.Number)))
        {
            List<ReadOnlyMemory<byte>> records = Without(await store.ReadAsync(entry.Content, cancellationToken), entry.Erased);
            await StageAsync(corpusId, logId, entry, places.Length, records, cancellationToken);
        }

        return entries;
    }

    private static List<ReadOnlyMemory<byte>> Without(IReadOnlyList<byte[]> records, IReadOnlyList<int> erased)
    {
        HashSet<int> removed = [.. erased];
        List<ReadOnlyMemory<byte>> rewritten = new(records.Count);
        int place = 0;
        foreach (byte[] record in records)
        {
            rewritten.Add(RecordErasure.Remove(record, removed, ref place));
        }

        return rewritten;
    }

    private async Task StageAsync(
        string corpusId,
        string logId,
        PlacedEntry entry,
        int erased,
        List<ReadOnlyMemory<byte>> records,
        CancellationToken cancellationToken)
    {
        for (int attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            if (await log.FindAsync(corpusId, cancellationToken) is not { } state || state.Id != logId)
            {
                // The exchange finds the same and reports it.
                return;
            }

            // A sweep takes the object for unused when the log has the entries of the window. It must be named before.
            long next = state.Entries + 1;
            StoredRecords stored = await store.WriteAsync(logId, next, records, cancellationToken);
            if (await database.WriteAsync(
                connection => RewriteTable.Stage(connection, logId, entry, erased, stored, next + window - 1), cancellationToken))
            {
                return;
            }
        }

        throw Fault.CorpusBusy(ResourceNames.Corpus(corpusId));
    }
}
