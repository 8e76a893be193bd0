using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Assignments;

/// <summary>
/// Deletes objects of blocks that no row names and no change can name: of runs that ended before their commit, of erasures, and of deleted
/// assignments. Several members may sweep at the same time, and a sweep may end at any call.
/// </summary>
internal sealed class AssignmentSweep(ContentStore contents, MetadataDatabase database)
{
    private const int PageLength = 500;

    /// <summary>Deletes the unused objects of a prefix.</summary>
    /// <param name="prefix">First characters of the keys.</param>
    /// <param name="cancellationToken">Stops between two calls.</param>
    /// <returns>Number of deleted objects.</returns>
    /// <exception cref="ObjectStoreException">The store failed; the next sweep continues.</exception>
    /// <exception cref="Server.Errors.ServiceException">The database failed.</exception>
    public async Task<int> RunAsync(string prefix, CancellationToken cancellationToken)
    {
        int deleted = 0;
        string? after = null;
        do
        {
            ObjectPage page = await contents.ListAsync(prefix, after, PageLength, cancellationToken);

            // After the listing: an object that is listed first and unused afterwards stays unused.
            foreach (string key in await FindUnusedAsync([.. page.Objects.Select(static found => found.Key)], cancellationToken))
            {
                await contents.DeleteAsync(key, cancellationToken);
                deleted++;
            }

            after = page.Next;
        }
        while (after is not null);

        IReadOnlyList<UnfinishedUpload> uploads = await contents.ListUnfinishedAsync(prefix, cancellationToken);
        HashSet<string> unused =
            [.. await FindUnusedAsync([.. uploads.Select(static upload => upload.Key)], cancellationToken)];
        foreach (UnfinishedUpload upload in uploads.Where(upload => unused.Contains(upload.Key)))
        {
            await contents.AbortAsync(upload, cancellationToken);
        }

        return deleted;
    }

    private async Task<List<string>> FindUnusedAsync(string[] keys, CancellationToken cancellationToken)
    {
        Dictionary<string, (string Id, long Change)> places = new(StringComparer.Ordinal);
        foreach (string key in keys)
        {
            if (AssignmentKeys.TryParse(key, out string id, out long change))
            {
                places[key] = (id, change);
            }
        }

        if (places.Count == 0)
        {
            return [];
        }

        string[] ids = [.. places.Values.Select(static place => place.Id).Distinct(StringComparer.Ordinal)];
        (HashSet<string> named, Dictionary<string, long> changes) = await database.ReadAsync(
            connection => (
                AssignmentTable.FindNamed(connection, [.. places.Keys]),
                AssignmentTable.FindChanges(connection, ids)),
            cancellationToken);
        return
        [
            .. places
                .Where(place => !named.Contains(place.Key)
                    && (!changes.TryGetValue(place.Value.Id, out long last) || place.Value.Change <= last))
                .Select(static place => place.Key),
        ];
    }
}
