using System.ComponentModel.DataAnnotations;

namespace TopicGrpc.Server.Embedding;

/// <summary>Which encoder is used; section <c>Embedding</c>.</summary>
public sealed class EmbeddingOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Embedding";

    /// <summary>Folder of the encoder. Null, the default: <c>models/all-MiniLM-L6-v2</c> beside the program or in a folder above it.</summary>
    public string? Directory { get; set; }

    /// <summary><c>full</c>: single precision; <c>fast</c>: 8-bit integers, about twice as fast, not the same vectors. Default <c>full</c>.</summary>
    [Required]
    [AllowedValues("full", "fast", ErrorMessage = "{0} must be full or fast.")]
    public string Precision { get; set; } = "full";

    /// <summary>Texts that somebody waits for embedded at the same time, each by one thread, and as many of batches, streams and fits in idle time. 0, the default: the number of cores.</summary>
    [Range(0, 1024)]
    public int Executors { get; set; }

    /// <summary>Texts of calls that may wait for an executor, and as many of batches; beyond that calls are refused. Default 512.</summary>
    [Range(1, 1_000_000)]
    public int MaxQueue { get; set; } = 512;

    /// <summary>Answers of one prediction stream that may wait to be read; beyond that the server stops reading. Default 256.</summary>
    [Range(1, 100_000)]
    public int StreamWindow { get; set; } = 256;
}
