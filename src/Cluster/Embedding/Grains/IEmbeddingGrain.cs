namespace TopicGrpc.Cluster.Embedding.Grains;

/// <summary>
/// The worker of one member for the others; its key is the address of the member's silo. Its calls end soon: the texts are embedded outside
/// of its turns.
/// </summary>
[Alias("topicgrpc.embedding.worker")]
internal interface IEmbeddingGrain : IGrainWithStringKey
{
    /// <summary>Starts a chunk.</summary>
    [Alias("start")]
    Task<ChunkReply> StartAsync(ChunkRequest request);

    /// <summary>Waits for a chunk for a part of the limit of a call.</summary>
    [Alias("wait")]
    Task<ChunkReply> WaitAsync(Guid attempt);

    /// <summary>Stops a chunk and forgets it.</summary>
    [Alias("cancel")]
    Task CancelAsync(Guid attempt);
}
