namespace TopicGrpc.Server.Corpora;

/// <summary>A text that was being embedded each time the process ended without a shutdown.</summary>
internal sealed record CrashedText
{
    /// <summary>Id of a document with the text.</summary>
    public required string DocumentId { get; init; }

    /// <summary>Key of the text in the embedding cache, hexadecimal. All documents with the text are treated alike.</summary>
    public required string TextKey { get; init; }

    /// <summary>SHA-256 of the encoder. Another encoder may embed the text.</summary>
    public required string EncoderSha256 { get; init; }

    /// <summary>Number of times that the process ended.</summary>
    public required int Deaths { get; init; }

    /// <summary>When the text was quarantined: no fit embeds it. Null while it is only a suspect.</summary>
    public DateTimeOffset? Quarantined { get; init; }
}
