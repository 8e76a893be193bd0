namespace TopicGrpc.Cluster.Embedding.Grains;

/// <summary>Another member as a worker.</summary>
/// <param name="id">Id of its process.</param>
/// <param name="grain">Its grain.</param>
internal sealed class GrainWorker(string id, IEmbeddingGrain grain) : IEmbeddingWorker
{
    /// <inheritdoc/>
    public string Id => id;

    /// <inheritdoc/>
    public bool IsOwn => false;

    /// <inheritdoc/>
    public Task<ChunkReply> StartAsync(ChunkRequest request) => grain.StartAsync(request);

    /// <inheritdoc/>
    public Task<ChunkReply> WaitAsync(Guid attempt) => grain.WaitAsync(attempt);

    /// <inheritdoc/>
    public Task CancelAsync(Guid attempt) => grain.CancelAsync(attempt);
}
