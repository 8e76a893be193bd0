using System.Collections.Concurrent;
using TopicGrpc.Cluster.ObjectStore;

namespace TopicGrpc.Cluster.Assignments;

/// <summary>
/// Deletes objects of blocks that no row names and no change can name: of runs that ended before their commit, of erasures, and of deleted
/// assignments. Several members may sweep at the same time, and a sweep may end at any call.
/// <para>
/// An object for the next change may be of a running writer, or of one that has ended. If two sweeps find it, the second one takes the
/// number of the change: a writer that still runs writes another object.
/// </para>
/// </summary>
internal sealed class AssignmentSweep(ContentStore contents, IAssignmentRows rows)
{
    // Keys of objects for next changes that the last sweep found. Each writer has at most one.
    private readonly ConcurrentDictionary<string, bool> _waiting = new(StringComparer.Ordinal);

    /// <summary>Deletes the unused objects of a prefix.</summary>
    /// <param name="prefix">First characters of the keys.</param>
    /// <param name="cancellationToken">Stops between two calls.</param>
    /// <returns>Number of deleted objects.</returns>
    /// <exception cref="ObjectStoreException">The store failed; the next sweep continues.</exception>
    /// <exception cref="Server.Errors.ServiceException">The database failed.</exception>
    public async Task<int> RunAsync(string prefix, CancellationToken cancellationToken)
    {
        int deleted = await UnusedObjects.DeleteAsync(
            contents, prefix, keys => FindUnusedAsync(keys, takesNumbers: true, cancellationToken), cancellationToken);
        await UnusedObjects.AbortAsync(
            contents, prefix, keys => FindUnusedAsync(keys, takesNumbers: false, cancellationToken), cancellationToken);
        return deleted;
    }

    private async Task<IReadOnlyList<string>> FindUnusedAsync(
        string[] keys, bool takesNumbers, CancellationToken cancellationToken)
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
        (IReadOnlySet<string> named, IReadOnlyDictionary<string, long> changes) =
            await rows.FindUsedAsync([.. places.Keys], ids, cancellationToken);
        List<string> unused = [];
        foreach ((string key, (string id, long change)) in places)
        {
            if (named.Contains(key))
            {
                _waiting.TryRemove(key, out _);
            }
            else if (!changes.TryGetValue(id, out long last) || change <= last)
            {
                _waiting.TryRemove(key, out _);
                unused.Add(key);
            }
            else if (takesNumbers && !_waiting.TryAdd(key, true))
            {
                // The object is deleted by the next sweep, unless a row names it by now.
                await rows.AdvanceAsync(id, cancellationToken);
            }
        }

        return unused;
    }
}
