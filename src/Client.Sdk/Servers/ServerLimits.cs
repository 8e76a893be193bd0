namespace TopicGrpc.Client.Servers;

/// <summary>Limits of a server.</summary>
public sealed record ServerLimits
{
    /// <summary>Largest message in bytes.</summary>
    public long MaxMessageBytes { get; init; }

    /// <summary>Largest text in bytes of UTF-8.</summary>
    public long MaxTextBytes { get; init; }

    /// <summary>Token limit of the encoder, including its special tokens.</summary>
    public int MaxTokens { get; init; }

    /// <summary>Most texts per batch.</summary>
    public int MaxBatchTexts { get; init; }

    /// <summary>Most texts in the queue of the encoder.</summary>
    public int MaxQueue { get; init; }

    /// <summary>Most documents per message of an ingest.</summary>
    public int MaxChunkDocuments { get; init; }

    /// <summary>Most queued fits.</summary>
    public int MaxQueuedFits { get; init; }

    /// <summary>Largest document id in bytes of UTF-8.</summary>
    public int MaxDocumentIdBytes { get; init; }
}
