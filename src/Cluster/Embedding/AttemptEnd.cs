namespace TopicGrpc.Cluster.Embedding;

/// <summary>How an attempt ended.</summary>
internal enum AttemptEnd
{
    /// <summary>The member answered.</summary>
    Answered,

    /// <summary>The member does not answer; it may be dead.</summary>
    Lost,

    /// <summary>The member answers, and the chunk makes no progress.</summary>
    Stalled,

    /// <summary>The run has ended, or another attempt was faster.</summary>
    Canceled,
}
