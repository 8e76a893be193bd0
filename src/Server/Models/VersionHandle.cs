using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Models;

/// <summary>
/// A loaded version, reference-counted: one reference for the routing table and one per call. Zero is final; a caller that loses the race
/// reads the routing table again. The memory is released on another thread, because the last reference may be a call's.
/// </summary>
internal sealed class VersionHandle(string modelId, long number, string? fitId, NativeModel loaded, TimeProvider clock)
{
    private readonly Lock _changing = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private VersionViews _views = new(loaded.Archive.Model);
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

    /// <summary>The topic model without erased documents. Only an erasure replaces it; rows and topics stay the same.</summary>
    public TopicModel Content => Volatile.Read(ref _views).Content;

    /// <summary>Two-dimensional points of the training documents, computed at the first use.</summary>
    public DocumentMapPoints DocumentMap => Volatile.Read(ref _views).Map;

    /// <summary>Queries on the words of the version, prepared at the first use.</summary>
    public WordQueries Queries => Volatile.Read(ref _views).Queries;

    /// <summary>Number of calls that hold a lease.</summary>
    public int ActiveLeases => Math.Max(0, Volatile.Read(ref _references) - (Volatile.Read(ref _retired) ? 0 : 1));

    /// <summary>When the last lease was acquired, in ticks of the clock.</summary>
    public long LastUsed => Volatile.Read(ref _lastUsed);

    /// <summary>Completes when the last reference is released and the memory is freed.</summary>
    public Task Drained => _drained.Task;

    /// <summary>Checks that the encoder of the server made the embeddings, so that it can embed a text for the version.</summary>
    /// <exception cref="ServiceException">Clients gave the embeddings.</exception>
    public void RequireTextEncoder()
    {
        if (GivenEncoder.Is(Content.Embedder))
        {
            throw Fault.TextNeedsEncoder(Name, Content.Embedder.Name);
        }
    }

    /// <summary>Acquires a reference.</summary>
    /// <returns>False if no reference was left.</returns>
    public bool TryAcquire()
    {
        bool isAlive = TryAcquireSilently();
        if (isAlive)
        {
            Volatile.Write(ref _lastUsed, clock.GetTimestamp());
        }

        return isAlive;
    }

    /// <summary>Replaces the content.</summary>
    /// <param name="change">Returns the new content, which shares the memory of the old one; the same content: no change.</param>
    public void Change(Func<TopicModel, TopicModel> change)
    {
        lock (_changing)
        {
            // The content reads memory that the last reference frees.
            if (!TryAcquireSilently())
            {
                return;
            }

            try
            {
                TopicModel changed = change(_views.Content);
                if (changed != _views.Content)
                {
                    Volatile.Write(ref _views, new VersionViews(changed, _views));
                }
            }
            finally
            {
                Release();
            }
        }
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

    /// <summary>Acquires a reference that does not count as a use.</summary>
    private bool TryAcquireSilently()
    {
        int seen = Volatile.Read(ref _references);
        while (seen > 0)
        {
            int before = Interlocked.CompareExchange(ref _references, seen + 1, seen);
            if (before == seen)
            {
                return true;
            }

            seen = before;
        }

        return false;
    }

    private void Free()
    {
        loaded.Dispose();
        _drained.SetResult();
    }
}
