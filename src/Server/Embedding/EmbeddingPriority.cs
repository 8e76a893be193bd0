namespace TopicGrpc.Server.Embedding;

/// <summary>How a text is queued.</summary>
internal enum EmbeddingPriority
{
    /// <summary>A caller waits for the answer.</summary>
    Interactive,

    /// <summary>A text of a batch.</summary>
    Bulk,

    /// <summary>
    /// A document of a fit or a text of a stream. Queued like <see cref="Bulk"/> but never rejected: fits and streams apply back-pressure
    /// instead.
    /// </summary>
    Paced,
}
