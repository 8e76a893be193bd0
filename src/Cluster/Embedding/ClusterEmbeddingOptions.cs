using System.ComponentModel.DataAnnotations;

namespace TopicGrpc.Cluster.Embedding;

/// <summary>How the members embed the texts of a fit together; section <c>Cluster:Embedding</c>.</summary>
public sealed class ClusterEmbeddingOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Cluster:Embedding";

    /// <summary>
    /// Chunks of a run that one member has at the same time: one is embedded, the others hide the time of their transfer. A member accepts
    /// twice as many from all runs together. Default 2.
    /// </summary>
    [Range(1, 64)]
    public int ChunksPerMember { get; set; } = 2;

    /// <summary>Most texts of a chunk; its result has about 1.5 KB for each. Default 128.</summary>
    [Range(1, 4096)]
    public int ChunkTexts { get; set; } = 128;

    /// <summary>Bytes of text after which a chunk is full; one longer text is a chunk of its own. Default 256 KiB.</summary>
    [Range(1, 16 << 20)]
    public int ChunkBytes { get; set; } = 256 << 10;

    /// <summary>
    /// A chunk that takes this many times the median is also given to another member; the first result is used. Default 3.
    /// </summary>
    [Range(1.5, 100)]
    public double StragglerFactor { get; set; } = 3;

    /// <summary>Shortest time after which a chunk counts as late. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan StragglerMinimum { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Time without progress of a chunk after which its member is given up for it. Default 2 minutes; longer than
    /// <c>Embedding:HangTimeout</c>, so that the member reports the hang first.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Limit of one call between members. A member holds an open call for a third of it. Default 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.3", "00:00:25")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Time after which a member drops a chunk that no coordinator asks for. Default 45 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan OrphanTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>
    /// Deaths or hangs of members that ran one text alone, after which fits leave the text out. Lower values blame texts for members that
    /// ended for another reason. Default 3.
    /// </summary>
    [Range(2, 16)]
    public int MaxDeaths { get; set; } = 3;

    /// <summary>Days for which results stay in the object store for later runs. Default 7; 0: the day on which they were made.</summary>
    [Range(0, 365)]
    public int ResultDays { get; set; } = 7;
}
