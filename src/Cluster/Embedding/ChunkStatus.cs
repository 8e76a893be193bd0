namespace TopicGrpc.Cluster.Embedding;

/// <summary>What a member answers about a chunk.</summary>
[GenerateSerializer]
[Alias("topicgrpc.embedding.status")]
internal enum ChunkStatus
{
    /// <summary>The member embeds the chunk; ask again.</summary>
    Running,

    /// <summary>The result is in the answer. The member has forgotten the chunk.</summary>
    Done,

    /// <summary>The member has as many chunks as it accepts.</summary>
    Busy,

    /// <summary>The member drains and accepts no chunk.</summary>
    Draining,

    /// <summary>The encoder of the member computes other vectors.</summary>
    OtherEncoder,

    /// <summary>The encoder failed with an exception.</summary>
    Failed,

    /// <summary>The member does not have the chunk: it was canceled, or no coordinator asked for it in time.</summary>
    Unknown,
}
