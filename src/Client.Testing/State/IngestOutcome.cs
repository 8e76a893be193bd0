namespace TopicGrpc.Client.Testing.State;

/// <summary>What became of a document that came in.</summary>
internal enum IngestOutcome
{
    /// <summary>It is new.</summary>
    Stored = 0,

    /// <summary>It was there with the same text.</summary>
    Duplicate,

    /// <summary>Its id was there with another text.</summary>
    Conflict,
}
