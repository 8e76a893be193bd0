namespace TopicGrpc.Client.Testing.State;

/// <summary>Result of ingesting one document.</summary>
internal enum IngestOutcome
{
    /// <summary>The document is new and stored.</summary>
    Stored = 0,

    /// <summary>The corpus has a document of this id with the same text.</summary>
    Duplicate,

    /// <summary>The corpus has a document of this id with another text or embedding.</summary>
    Conflict,

    /// <summary>The document lacks the embedding of the corpus, or has one of another dimension or one too many.</summary>
    WrongEmbedding,
}
