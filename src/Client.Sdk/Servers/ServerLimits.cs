namespace TopicGrpc.Client.Servers;

/// <summary>What a server accepts.</summary>
public sealed record ServerLimits
{
    /// <summary>Bytes of one message.</summary>
    public long MaxMessageBytes { get; init; }

    /// <summary>UTF-8 bytes of one text.</summary>
    public long MaxTextBytes { get; init; }

    /// <summary>Tokens that the encoder reads, its special ones included.</summary>
    public int MaxTokens { get; init; }

    /// <summary>Texts in one batch.</summary>
    public int MaxBatchTexts { get; init; }

    /// <summary>Texts that may wait for an executor.</summary>
    public int MaxQueue { get; init; }

    /// <summary>Documents in one message of an ingest.</summary>
    public int MaxChunkDocuments { get; init; }

    /// <summary>Fits that may wait.</summary>
    public int MaxQueuedFits { get; init; }

    /// <summary>UTF-8 bytes of one document id.</summary>
    public int MaxDocumentIdBytes { get; init; }
}
