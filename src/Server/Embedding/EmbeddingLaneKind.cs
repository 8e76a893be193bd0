namespace TopicGrpc.Server.Embedding;

/// <summary>The two queues of texts.</summary>
internal enum EmbeddingLaneKind
{
    /// <summary>Texts that a caller waits for.</summary>
    Interactive,

    /// <summary>Texts of batches, streams and fits; their threads use idle CPU only.</summary>
    Bulk,
}
