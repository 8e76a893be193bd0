namespace TopicGrpc.Client.Corpora;

/// <summary>Options of an ingest.</summary>
public sealed record IngestOptions
{
    /// <summary>
    /// Id of the ingest session, 1 to 64 characters of <c>A-Z a-z 0-9 _ -</c>. A later ingest with the same id and documents, also from
    /// another process, resumes the session. Null: a new session.
    /// </summary>
    public string? SessionId { get; init; }

    /// <summary>Highest number of documents per message, above 0. A lower limit of the server takes precedence. Default 256.</summary>
    public int ChunkDocuments { get; init; } = 256;

    /// <summary>
    /// Size at which a message is full, in bytes, above 0. A larger document is sent alone, up to the server's limit. Default 1 MiB.
    /// </summary>
    public int ChunkBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// Highest number of unacknowledged messages, above 0. The client keeps them in memory. A lower limit of the server takes precedence.
    /// Default 8.
    /// </summary>
    public int MaxChunksInFlight { get; init; } = 8;

    /// <summary>
    /// Whether rejected documents throw an exception at the end; if false, see <see cref="IngestResult.Rejections"/>. Default true.
    /// </summary>
    public bool ThrowOnRejection { get; init; } = true;

    internal IngestOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ChunkDocuments, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ChunkBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxChunksInFlight, 1);
        return this;
    }
}
