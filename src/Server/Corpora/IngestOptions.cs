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
}
