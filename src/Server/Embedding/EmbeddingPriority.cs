namespace TopicGrpc.Server.Embedding;

/// <summary>Which of two waiting texts is embedded first.</summary>
internal enum EmbeddingPriority
{
    /// <summary>Somebody waits for the answer.</summary>
    Interactive,

    /// <summary>One of the many texts of a batch.</summary>
    Bulk,

    /// <summary>A document of a fit or a text of a stream: waits like <see cref="Bulk"/> and is never refused, for both keep a bound of their own and are slowed instead.</summary>
    Paced,
}
