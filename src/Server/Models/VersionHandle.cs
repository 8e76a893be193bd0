using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Models;

/// <summary>
/// A loaded version, reference-counted: one reference for the routing table and one per call. Zero is final; a caller that loses the race
/// reads the routing table again. The memory is released on another thread, because the last reference may be a call's.
/// </summary>
internal sealed class VersionHandle(string modelId, long number, string? fitId, NativeModel loaded, TimeProvider clock)
{
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _references = 1;
    private bool _retired;
    private long _lastUsed = clock.GetTimestamp();

    /// <summary>Id of the model.</summary>
    public string ModelId { get; } = modelId;

    /// <summary>Number of the version.</summary>
    public long Number { get; } = number;

    /// <summary>Resource name: <c>models/{model}/versions/{number}</c>.</summary>
    public string Name { get; } = ResourceNames.Version(modelId, number);

    /// <summary>Id of the fit that made the version; null for an imported version.</summary>
    public string? FitId { get; } = fitId;

    public TopicModel Content { get; } = loaded.Archive.Model;

    /// <summary>Two-dimensional points of the training documents, computed at the first use.</summary>
    public DocumentMapPoints DocumentMap { get; } = new(loaded.Archive.Model);

    /// <summary>Queries on the words of the version, prepared at the first use.</summary>
    public WordQueries Queries { get; } = new(loaded.Archive.Model);

    /// <summary>Number of calls that hold a lease.</summary>
    public int ActiveLeases => Math.Max(0, Volatile.Read(ref _references) - (Volatile.Read(ref _retired) ? 0 : 1));

    /// <summary>When the last lease was acquired, in ticks of the clock.</summary>
    public long LastUsed => Volatile.Read(ref _lastUsed);

    /// <summary>Completes when the last reference is released and the memory is freed.</summary>
    public Task Drained => _drained.Task;

    /// <summary>Acquires a reference.</summary>
    /// <returns>False if no reference was left.</returns>
    public bool TryAcquire()
    {
        int seen = Volatile.Read(ref _references);
        while (seen > 0)
        {
            int before = Interlocked.CompareExchange(ref _references, seen + 1, seen);
            if (before == seen)
            {
                Volatile.Write(ref _lastUsed, clock.GetTimestamp());
                return true;
            }

            seen = before;
        }

        return false;
    }

    /// <summary>Releases the routing table's reference.</summary>
    public void Retire()
    {
        Volatile.Write(ref _retired, true);
        Release();
    }

    /// <summary>Acquires the routing table's reference again while calls still hold the version.</summary>
    /// <returns>False if the last reference was released already.</returns>
    public bool TryReinstate()
    {
        bool isAlive = TryAcquire();
        if (isAlive)
        {
            Volatile.Write(ref _retired, false);
        }

        return isAlive;
    }

    /// <summary>Releases a call's reference.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static handle => handle.Free(), this, preferLocal: false);
        }
    }

    private void Free()
    {
        loaded.Dispose();
        _drained.SetResult();
    }
}
