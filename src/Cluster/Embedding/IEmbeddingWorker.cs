namespace TopicGrpc.Cluster.Embedding;

/// <summary>A member that embeds chunks. Each call ends within <see cref="ClusterEmbeddingOptions.CallTimeout"/> or fails.</summary>
internal interface IEmbeddingWorker
{
    /// <summary>Id of the member's process; a member that starts again has another.</summary>
    string Id { get; }

    /// <summary>Whether it is this process.</summary>
    bool IsOwn { get; }

    /// <summary>Gives a chunk to the member.</summary>
    /// <param name="request">The chunk.</param>
    /// <returns>Usually <see cref="ChunkStatus.Running"/>, or the result if it exists already.</returns>
    Task<ChunkReply> StartAsync(ChunkRequest request);

    /// <summary>Waits for a chunk, for a third of the limit of a call.</summary>
    /// <param name="attempt">Id of the attempt.</param>
    Task<ChunkReply> WaitAsync(Guid attempt);

    /// <summary>Stops a chunk and forgets it. An unknown one is no error.</summary>
    /// <param name="attempt">Id of the attempt.</param>
    Task CancelAsync(Guid attempt);
}
