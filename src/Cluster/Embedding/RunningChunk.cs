namespace TopicGrpc.Cluster.Embedding;

/// <summary>A chunk that this member embeds. Thread-safe.</summary>
internal sealed class RunningChunk : IDisposable
{
    private readonly CancellationTokenSource _stopping;
    private readonly TaskCompletionSource<ChunkReply> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly TimeSpan _orphanTimeout;
    private bool _isDisposed;
    private int _embedded;

    /// <param name="orphanTimeout">Time after which a chunk is canceled that no coordinator asks for.</param>
    /// <param name="clock">Clock of the timeout.</param>
    public RunningChunk(TimeSpan orphanTimeout, TimeProvider clock)
    {
        _orphanTimeout = orphanTimeout;
        _stopping = new CancellationTokenSource(orphanTimeout, clock);
        Token = _stopping.Token;
    }

    /// <summary>Canceled when the coordinator cancels the chunk or no longer asks for it.</summary>
    public CancellationToken Token { get; }

    /// <summary>The final answer.</summary>
    public Task<ChunkReply> Completion => _completion.Task;

    /// <summary>Number of texts embedded so far.</summary>
    public int Embedded => Volatile.Read(ref _embedded);

    /// <summary>Counts an embedded text.</summary>
    public void Count() => Interlocked.Increment(ref _embedded);

    /// <summary>Completes when the coordinator asks for the chunk for the first time.</summary>
    public Task Asked => _asked.Task;

    /// <summary>Records that the coordinator asked for the chunk.</summary>
    public void Renew()
    {
        _asked.TrySetResult();
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _stopping.CancelAfter(_orphanTimeout);
            }
        }
    }

    /// <summary>Ends the chunk with an answer.</summary>
    public void End(ChunkReply reply) => _completion.TrySetResult(reply);

    /// <summary>Cancels the chunk; one that has ended is not changed.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                // On the pool: continuations must not run under the lock.
                _stopping.CancelAfter(TimeSpan.Zero);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _stopping.Dispose();
        }
    }
}
