using TopicGrpc.Cluster.ObjectStore;

namespace TopicGrpc.Cluster.Artifacts;

/// <summary>
/// Deletes objects that nothing refers to. Several members may sweep at the same time, and a sweep may end at any call: condemned keys are
/// never used again, so a repeated or late deletion is harmless.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="ledger">What refers to its objects.</param>
/// <param name="publicationTimeout">Age at which a publication is abandoned: more than the upload of the largest artifact takes.</param>
internal sealed class ArtifactSweep(ContentStore store, IObjectLedger ledger, TimeSpan publicationTimeout)
{
    private const int PageLength = 500;

    /// <summary>Deletes what a sweep may delete.</summary>
    /// <param name="cancellationToken">Stops between two calls.</param>
    /// <returns>What was deleted.</returns>
    /// <exception cref="ObjectStoreException">The store failed; the next sweep continues.</exception>
    public async Task<SweepResult> RunAsync(CancellationToken cancellationToken)
    {
        int abandoned = await ledger.AbandonOlderAsync(publicationTimeout, cancellationToken);
        int deleted = await DeleteFreeAsync(cancellationToken);
        int strays = await DeleteStraysAsync(cancellationToken);
        int uploads = await AbortUploadsAsync(cancellationToken);
        return new SweepResult(abandoned, deleted, strays, uploads);
    }

    /// <summary>Deletes the objects without references whose grace time is over.</summary>
    /// <param name="cancellationToken">Stops between two calls.</param>
    /// <returns>Number of deleted objects.</returns>
    /// <exception cref="ObjectStoreException">The store failed; the next sweep continues.</exception>
    public async Task<int> DeleteFreeAsync(CancellationToken cancellationToken)
    {
        int deleted = 0;
        while (await ledger.CondemnAsync(PageLength, cancellationToken) is { Count: > 0 } condemned)
        {
            foreach (string key in condemned)
            {
                await store.DeleteAsync(key, cancellationToken);
            }

            // After the deletion: a crash in between leaves the keys condemned, and the next sweep deletes them.
            await ledger.ForgetAsync(condemned, cancellationToken);
            deleted += condemned.Count;
        }

        return deleted;
    }

    /// <summary>
    /// Deletes objects that the ledger does not list: a member that was paused wrote them after its publication was abandoned and swept.
    /// The ledger lists a key before its object is written, so an object that is listed first and unknown afterwards is never used.
    /// </summary>
    private Task<int> DeleteStraysAsync(CancellationToken cancellationToken) => UnusedObjects.DeleteAsync(
        store, ArtifactKeys.Prefix, keys => ledger.FindUnknownAsync(keys, cancellationToken), cancellationToken);

    /// <summary>
    /// Aborts uploads that no open publication can complete. A key is pending before its upload begins, so an upload that is listed first
    /// and not pending afterwards is over: its publication has ended, or another attempt has completed the object.
    /// </summary>
    private Task<int> AbortUploadsAsync(CancellationToken cancellationToken) => UnusedObjects.AbortAsync(
        store,
        ArtifactKeys.Prefix,
        async keys => [.. keys.Except(await ledger.FindPendingAsync(keys, cancellationToken), StringComparer.Ordinal)],
        cancellationToken);
}
