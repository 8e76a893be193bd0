using System.ComponentModel.DataAnnotations;

namespace TopicGrpc.Server.Maps;

/// <summary>Maps of versions; section <c>Maps</c>.</summary>
public sealed class MapOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Maps";

    /// <summary>
    /// Most memory for points, columns and places of documents that are ready to send, in bytes; the least recently used are evicted
    /// first. A map of 1,000,000 documents takes 5 MB, and 24 MB with the places of its documents. Default 128 MiB.
    /// </summary>
    [Range(0, 1L << 40)]
    public long MaxCacheBytes { get; set; } = 128L << 20;

    /// <summary>
    /// Most bytes of points in the data folder, 8 bytes per document; they spare a restart the computation. 0: none are stored.
    /// Default 256 MiB.
    /// </summary>
    [Range(0, 1L << 40)]
    public long MaxStoredBytes { get; set; } = 256L << 20;
}
