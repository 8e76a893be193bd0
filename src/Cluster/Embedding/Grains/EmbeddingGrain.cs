using Orleans.Concurrency;

namespace TopicGrpc.Cluster.Embedding.Grains;

/// <summary>Passes calls on to this member. Reentrant: it has no state, and the wait for one chunk must not delay another.</summary>
[MemberPlacement]
[Reentrant]
internal sealed class EmbeddingGrain(ChunkRunner runner) : Grain, IEmbeddingGrain
{
    /// <inheritdoc/>
    public Task<ChunkReply> StartAsync(ChunkRequest request) => runner.StartAsync(request);

    /// <inheritdoc/>
    public Task<ChunkReply> WaitAsync(Guid attempt) => runner.WaitAsync(attempt);

    /// <inheritdoc/>
    public Task CancelAsync(Guid attempt)
    {
        runner.Cancel(attempt);
        return Task.CompletedTask;
    }
}
