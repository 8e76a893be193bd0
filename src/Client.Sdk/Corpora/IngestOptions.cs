namespace TopicGrpc.Client.Corpora;

/// <summary>How documents are streamed in.</summary>
public sealed record IngestOptions
{
    /// <summary>
    /// Id of the upload, 1 to 64 of <c>A-Z a-z 0-9 _ -</c>. The same id with the same documents, also from another process, goes on where the upload broke off.
    /// Null: a new one.
    /// </summary>
    public string? SessionId { get; init; }

    /// <summary>Most documents in a message; the server's limit counts where it is lower. Above 0. Default 256.</summary>
    public int ChunkDocuments { get; init; } = 256;

    /// <summary>Bytes from which a message is full; a longer document goes alone, up to the server's limit. Above 0. Default 1 MiB.</summary>
    public int ChunkBytes { get; init; } = 1024 * 1024;

    /// <summary>Most messages without an acknowledgement, and so what the client keeps in memory; the server's limit counts where it is lower. Above 0. Default 8.</summary>
    public int MaxChunksInFlight { get; init; } = 8;

    /// <summary>Throw at the end when documents were refused. Default true. False: <see cref="IngestResult.Rejections"/> tells.</summary>
    public bool ThrowOnRejection { get; init; } = true;

    internal IngestOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ChunkDocuments, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ChunkBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxChunksInFlight, 1);
        return this;
    }
}
