using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Server.Models;

/// <summary>
/// A loaded version and the number of those who hold it: the routing table one hold, each call one. A version whose last
/// hold is gone never comes back to life; who loses that race reads the routing table again. Its memory is given back then,
/// on another thread: the last hold may be a call's.
/// </summary>
internal sealed class VersionHandle(string model, long number, string? fit, MappedModel loaded, TimeProvider clock)
{
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _holders = 1;
    private bool _retired;
    private long _lastUsed = clock.GetTimestamp();

    public string Model { get; } = model;

    public long Number { get; } = number;

    /// <summary>Id of the fit that made it; null for a version that was imported.</summary>
    public string? FitId { get; } = fit;

    public TopicModel Content { get; } = loaded.Archive.Model;

    /// <summary>Places of the training documents on a plane, worked out at the first use.</summary>
    public DocumentPlaces Places { get; } = new(loaded.Archive.Model);

    /// <summary>Questions about its words, prepared at the first use.</summary>
    public WordQueries Queries { get; } = new(loaded.Archive.Model);

    /// <summary>Calls that hold it.</summary>
    public int ActiveLeases => Math.Max(0, Volatile.Read(ref _holders) - (Volatile.Read(ref _retired) ? 0 : 1));

    /// <summary>When a call took it last, in ticks of the clock.</summary>
    public long LastUsed => Volatile.Read(ref _lastUsed);

    /// <summary>Ends when the last hold is gone and the memory given back.</summary>
    public Task Drained => _drained.Task;

    /// <summary>Takes a hold.</summary>
    /// <returns>False when the version was retired.</returns>
    public bool TryAcquire()
    {
        int seen = Volatile.Read(ref _holders);
        while (seen > 0)
        {
            int before = Interlocked.CompareExchange(ref _holders, seen + 1, seen);
            if (before == seen)
            {
                Volatile.Write(ref _lastUsed, clock.GetTimestamp());
                return true;
            }

            seen = before;
        }

        return false;
    }

    /// <summary>Gives the routing table's hold back.</summary>
    public void Retire()
    {
        Volatile.Write(ref _retired, true);
        Release();
    }

    /// <summary>Takes the routing table's hold again, while calls still keep the version.</summary>
    /// <returns>False when the last of them has gone.</returns>
    public bool TryReinstate()
    {
        bool isAlive = TryAcquire();
        if (isAlive)
        {
            Volatile.Write(ref _retired, false);
        }

        return isAlive;
    }

    /// <summary>Gives a call's hold back.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
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
