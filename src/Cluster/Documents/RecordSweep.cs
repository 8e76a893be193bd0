using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Documents;

/// <summary>
/// Deletes objects of records that no entry names: of appends that lost a conflict or ended before their commit, of entries whose records
/// were replaced after an erasure, and of deleted corpora.
/// Several members may sweep at the same time, and a sweep may end at any call.
/// </summary>
internal sealed class RecordSweep(ContentStore contents, MetadataDatabase database)
{
    /// <summary>Deletes what nothing can use any more.</summary>
    /// <param name="cancellationToken">Stops between two calls.</param>
    /// <returns>Number of deleted objects.</returns>
    /// <exception cref="ObjectStoreException">The store failed; the next sweep continues.</exception>
    /// <exception cref="Server.Errors.ServiceException">The database failed.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<string>> FindAsync(string[] keys) => FindUnusedAsync(keys, cancellationToken);
        int deleted = await UnusedObjects.DeleteAsync(contents, RecordKeys.Prefix, FindAsync, cancellationToken);
        await UnusedObjects.AbortAsync(contents, RecordKeys.Prefix, FindAsync, cancellationToken);
        return deleted;
    }

    private async Task<IReadOnlyList<string>> FindUnusedAsync(string[] keys, CancellationToken cancellationToken)
    {
        Dictionary<string, (string Log, long Number)> places = new(StringComparer.Ordinal);
        foreach (string key in keys)
        {
            if (RecordKeys.TryParse(key, out string log, out long number))
            {
                places[key] = (log, number);
            }
        }

        if (places.Count == 0)
        {
            return [];
        }

        (HashSet<string> named, Dictionary<string, long> ends) = await database.ReadAsync(
            connection => (
                connection.Query(
                    """
                    SELECT object_key FROM corpus_entries WHERE object_key = ANY(@keys)
                    UNION ALL SELECT object_key FROM corpus_rewrites WHERE object_key = ANY(@keys)
                    """,
                    static row => row.GetString(0),
                    ("@keys", places.Keys.ToArray())).ToHashSet(StringComparer.Ordinal),
                connection.Query(
                    "SELECT file_id, entries FROM corpus_logs WHERE file_id = ANY(@logs)",
                    static row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1)),
                    ("@logs", places.Values.Select(static place => place.Log).Distinct(StringComparer.Ordinal).ToArray()))
                    .ToDictionary(StringComparer.Ordinal)),
            cancellationToken);
        return
        [
            .. places.Where(pair => !named.Contains(pair.Key)
                && RecordKeys.IsOver(
                    pair.Value.Number, ends.TryGetValue(pair.Value.Log, out long end) ? end : null, RecordKeys.Window))
                .Select(static pair => pair.Key),
        ];
    }
}
