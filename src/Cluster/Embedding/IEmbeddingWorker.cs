namespace TopicGrpc.Cluster.Embedding;

/// <summary>A member that embeds chunks. Each call ends within <see cref="ClusterEmbeddingOptions.CallTimeout"/> or fails.</summary>
internal interface IEmbeddingWorker
{
    /// <summary>Id of the member's process; a member that starts again has another.</summary>
    string Id { get; }

    /// <summary>Whether it is this process.</summary>
    bool IsOwn { get; }

    /// <summary>Gives a chunk to the member. None of its texts runs before the first <see cref="WaitAsync"/>.</summary>
    /// <param name="request">The chunk.</param>
    /// <returns><see cref="ChunkStatus.Running"/> if the member has accepted it.</returns>
    Task<ChunkReply> StartAsync(ChunkRequest request);

    /// <summary>Waits for a chunk, for a third of the limit of a call.</summary>
    /// <param name="attempt">Id of the attempt.</param>
    Task<ChunkReply> WaitAsync(Guid attempt);

    /// <summary>Stops a chunk and forgets it. An unknown one is no error.</summary>
    /// <param name="attempt">Id of the attempt.</param>
    Task CancelAsync(Guid attempt);
}
