namespace TopicGrpc.Cluster.Jobs;

/// <summary>
/// Watchers of jobs that run on other members. All watched rows are read together, so the number of watchers does not multiply the reads.
/// Thread-safe.
/// </summary>
internal sealed class RowWatch
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Watched> _watched = new(StringComparer.Ordinal);

    /// <summary>Ids of the watched jobs.</summary>
    public string[] Ids
    {
        get
        {
            lock (_gate)
            {
                return [.. _watched.Keys];
            }
        }
    }

    /// <summary>Returns a task that completes when the row of a job has another event than one that the watcher has seen.</summary>
    public Task ChangedAsync(string fitId, long sequence)
    {
        lock (_gate)
        {
            if (_watched.TryGetValue(fitId, out Watched known) && known.Sequence == sequence)
            {
                return known.Changed.Task;
            }

            // Watchers of another event are behind or ahead: they read the row again.
            known.Changed?.TrySetResult();
            Watched added = new(sequence, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _watched[fitId] = added;
            return added.Changed.Task;
        }
    }

    /// <summary>Notifies the watchers of the jobs whose rows have changed, ended, or run here now.</summary>
    /// <param name="fitIds">The watched jobs that were read.</param>
    /// <param name="sequences">By job, the number of its stored event; a job that has ended is missing.</param>
    public void Report(IReadOnlyCollection<string> fitIds, IReadOnlyDictionary<string, long> sequences)
    {
        lock (_gate)
        {
            foreach (string id in fitIds)
            {
                if (_watched.TryGetValue(id, out Watched known)
                    && (!sequences.TryGetValue(id, out long sequence) || sequence != known.Sequence))
                {
                    _watched.Remove(id);
                    known.Changed.TrySetResult();
                }
            }
        }
    }

    private readonly record struct Watched(long Sequence, TaskCompletionSource Changed);
}
