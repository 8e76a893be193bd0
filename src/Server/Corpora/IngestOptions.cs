using System.ComponentModel.DataAnnotations;

namespace TopicGrpc.Server.Corpora;

/// <summary>Limits of ingest streams; section <c>Ingest</c>.</summary>
public sealed class IngestOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Ingest";

    /// <summary>Documents in one chunk. Default 1000.</summary>
    [Range(1, 100_000)]
    public int MaxChunkDocuments { get; set; } = 1000;

    /// <summary>
    /// Bytes of one chunk. Default 4 MiB; the limit of a message (<c>Server:MaxMessageBytes</c>) must be at least as large.
    /// </summary>
    [Range(1 << 21, 1 << 26)]
    public int MaxChunkBytes { get; set; } = 4 << 20;

    /// <summary>Chunks of one stream that may wait for the disk; beyond that back-pressure slows the sender. Default 8.</summary>
    [Range(1, 1024)]
    public int MaxInFlightChunks { get; set; } = 8;

    /// <summary>Corpora; further ones are rejected with <c>LIMIT_REACHED</c>. Default 10,000; 0: no limit.</summary>
    [Range(0, 10_000_000)]
    public int MaxCorpora { get; set; } = 10_000;

    /// <summary>
    /// Ingest sessions of one corpus, of which the server keeps the offsets in memory; further ones are rejected with
    /// <c>LIMIT_REACHED</c>. Default 1,000,000; 0: no limit.
    /// </summary>
    [Range(0, 100_000_000)]
    public int MaxSessions { get; set; } = 1_000_000;

    /// <summary>
    /// Uploads of Parquet files and Arrow data that run at the same time; further ones are rejected with <c>QUEUE_FULL</c>. Each needs up
    /// to
    /// <see cref="MaxTableBufferBytes"/> of memory and, for Parquet, <see cref="MaxTableBytes"/> of disk. Default 2.
    /// </summary>
    [Range(1, 64)]
    public int MaxTableUploads { get; set; } = 2;

    /// <summary>Bytes of an uploaded Parquet file, which waits on disk while it is read. Default 4 GiB.</summary>
    [Range(1 << 20, 1L << 40)]
    public long MaxTableBytes { get; set; } = 4L << 30;

    /// <summary>Bytes of the buffers of one uploaded table: decompressed pages, or one record batch. Default 256 MiB.</summary>
    [Range(1 << 20, 1 << 30)]
    public int MaxTableBufferBytes { get; set; } = 256 << 20;
}
