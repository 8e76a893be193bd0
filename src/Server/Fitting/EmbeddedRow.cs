namespace TopicGrpc.Server.Fitting;

/// <summary>State of the row of a document while the documents of a fit are embedded.</summary>
internal enum EmbeddedRow : byte
{
    /// <summary>The row has no embedding: its text is not embedded yet, or the encoder computes numbers that are not finite.</summary>
    None,

    /// <summary>The row has the embedding of the whole text.</summary>
    Whole,

    /// <summary>The row has the embedding of the first tokens of the text.</summary>
    Truncated,

    /// <summary>The text is left out, because processes ended while they embedded it.</summary>
    Quarantined,
}
