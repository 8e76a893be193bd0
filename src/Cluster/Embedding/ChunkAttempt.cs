namespace TopicGrpc.Cluster.Embedding;

/// <summary>A chunk on a member.</summary>
/// <param name="chunk">The chunk.</param>
/// <param name="worker">The member.</param>
/// <param name="started">When it was given to the member, in ticks of the clock.</param>
/// <param name="runCanceled">Token of the run.</param>
internal sealed class ChunkAttempt(PlannedChunk chunk, IEmbeddingWorker worker, long started, CancellationToken runCanceled) : IDisposable
{
    private readonly CancellationTokenSource _stopping = CancellationTokenSource.CreateLinkedTokenSource(runCanceled);

    /// <summary>Id of the attempt.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    public PlannedChunk Chunk => chunk;

    public IEmbeddingWorker Worker => worker;

    public long Started => started;

    /// <summary>
    /// Whether the suspect log has a record of it: a suspect, or texts that run in the process of the coordinator. If another member ends,
    /// the coordinator remembers which texts it had.
    /// </summary>
    public bool IsRecorded => chunk.IsSuspect || worker.IsOwn;

    /// <summary>Completes when its end is known; never fails.</summary>
    public Task Ended { get; set; } = Task.CompletedTask;

    /// <summary>Whether the member has accepted the chunk. A text of a chunk that was never accepted has not run.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>Canceled when the result is no longer needed.</summary>
    public CancellationToken Token => _stopping.Token;

    /// <summary>Cancels the attempt.</summary>
    public void Cancel() => _stopping.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();
}
