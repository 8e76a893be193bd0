using System.ComponentModel.DataAnnotations;

namespace TopicGrpc.Server.Embedding;

/// <summary>Encoder, its threads and its queues; section <c>Embedding</c>.</summary>
public sealed class EmbeddingOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Embedding";

    /// <summary>
    /// Folder of the encoder. Null, the default: <c>models/all-MiniLM-L6-v2</c> beside the program or in a folder above it.
    /// </summary>
    public string? Directory { get; set; }

    /// <summary>
    /// <c>full</c>: single precision; <c>fast</c>: 8-bit integers, about twice as fast, with different embeddings. Default <c>full</c>.
    /// </summary>
    [Required]
    [AllowedValues("full", "fast", ErrorMessage = "{0} must be full or fast.")]
    public string Precision { get; set; } = "full";

    /// <summary>
    /// Interactive texts that are embedded at the same time, one thread each, and as many texts of batches, streams and fits in idle time.
    /// 0, the default: the number of cores.
    /// </summary>
    [Range(0, 1024)]
    public int Executors { get; set; }

    /// <summary>
    /// Interactive texts that may wait, and as many texts of batches; further calls are rejected. Callers share the places: a caller with
    /// few texts displaces a text of the caller with the most. Texts of streams and fits do not count. Default 512.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxQueue { get; set; } = 512;

    /// <summary>Answers of one prediction stream that may wait to be read; beyond that the server stops reading. Default 256.</summary>
    [Range(1, 100_000)]
    public int StreamWindow { get; set; } = 256;

    /// <summary>
    /// Most bytes of cached embeddings of all corpora, about 1.5 KB for each text. Beyond the limit, the embeddings of the corpus whose
    /// last fit is the longest ago are deleted. Default 16 GiB; 0: nothing is cached.
    /// </summary>
    [Range(0, long.MaxValue)]
    public long CacheBytes { get; set; } = 16L << 30;

    /// <summary>
    /// How long the encoder may run one text before its thread counts as hanging. Default one minute; a text of the most tokens takes about
    /// a tenth of a second.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan HangTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether the process ends at once when the encoder hangs, so that its supervisor restarts it. Only a new process gets the thread
    /// back, because native code cannot be interrupted. Default false: log, metric and health report the hang, and the other threads
    /// continue.
    /// </summary>
    public bool ExitOnHang { get; set; }
}
