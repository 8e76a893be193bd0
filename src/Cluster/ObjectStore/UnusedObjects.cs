namespace TopicGrpc.Cluster.ObjectStore;

/// <summary>
/// Deletes objects and unfinished uploads that nothing uses. The question which of them are unused follows their listing, so what is listed
/// first and unused afterwards must stay unused. A deletion may end at any call, and several members may run it at the same time.
/// </summary>
internal static class UnusedObjects
{
    private const int PageLength = 500;

    /// <summary>Deletes the unused objects of a prefix.</summary>
    /// <param name="store">The store.</param>
    /// <param name="prefix">First characters of the keys.</param>
    /// <param name="findUnused">Returns the unused ones of some keys.</param>
    /// <param name="cancellationToken">Stops between two calls.</param>
    /// <returns>Number of deleted objects.</returns>
    /// <exception cref="ObjectStoreException">The store failed.</exception>
    public static async Task<int> DeleteAsync(
        ContentStore store, string prefix, Func<string[], Task<IReadOnlyList<string>>> findUnused, CancellationToken cancellationToken)
    {
        int deleted = 0;
        string? after = null;
        do
        {
            ObjectPage page = await store.ListAsync(prefix, after, PageLength, cancellationToken);
            foreach (string key in await findUnused([.. page.Objects.Select(static found => found.Key)]))
            {
                await store.DeleteAsync(key, cancellationToken);
                deleted++;
            }

            after = page.Next;
        }
        while (after is not null);

        return deleted;
    }

    /// <summary>Aborts the unfinished uploads of a prefix whose objects are unused.</summary>
    /// <param name="store">The store.</param>
    /// <param name="prefix">First characters of the keys.</param>
    /// <param name="findUnused">Returns the unused ones of some keys.</param>
    /// <param name="cancellationToken">Stops between two calls.</param>
    /// <returns>Number of aborted uploads.</returns>
    /// <exception cref="ObjectStoreException">The store failed.</exception>
    public static async Task<int> AbortAsync(
        ContentStore store, string prefix, Func<string[], Task<IReadOnlyList<string>>> findUnused, CancellationToken cancellationToken)
    {
        int aborted = 0;
        IReadOnlyList<UnfinishedUpload> uploads = await store.ListUnfinishedAsync(prefix, cancellationToken);
        string[] keys = [.. uploads.Select(static upload => upload.Key).Distinct(StringComparer.Ordinal)];
        HashSet<string> unused = [.. await findUnused(keys)];
        foreach (UnfinishedUpload upload in uploads.Where(upload => unused.Contains(upload.Key)))
        {
            await store.AbortAsync(upload, cancellationToken);
            aborted++;
        }

        return aborted;
    }
}
