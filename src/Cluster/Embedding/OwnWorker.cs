namespace TopicGrpc.Cluster.Embedding;

/// <summary>This process as a worker, without a call to another one.</summary>
/// <param name="id">Id of this process.</param>
/// <param name="runner">Embeds the chunks.</param>
internal sealed class OwnWorker(string id, ChunkRunner runner) : IEmbeddingWorker
{
    /// <inheritdoc/>
    public string Id => id;

    /// <inheritdoc/>
    public bool IsOwn => true;

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
