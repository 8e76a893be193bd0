using System.ComponentModel.DataAnnotations;

namespace TopicGrpc.Server.Fitting;

/// <summary>Options of fits; section <c>Fits</c>. One fit runs at a time.</summary>
public sealed class FitOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Fits";

    /// <summary>
    /// Fits that may wait. A caller without a queued fit gets a place in a full queue, up to twice the number. Default 16.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxQueued { get; set; } = 16;

    /// <summary>
    /// Threads of a fit; the number never changes a result. 0, the default: the number of cores, and one less, but at least one, while
    /// predictions arrive.
    /// </summary>
    [Range(0, 1024)]
    public int Threads { get; set; }

    /// <summary>
    /// Most private memory of a fit in bytes; a fit with a larger estimate is rejected. 0, the default: 80 % of the memory that the machine
    /// or the container allows.
    /// </summary>
    [Range(0L, long.MaxValue)]
    public long MaxMemory { get; set; }

    /// <summary>Attempts of a fit that stops of the server interrupt, before it counts as failed. Default 3.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Least time between two events that report the progress of one stage. Default 100 milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ProgressInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Events of a running fit that are kept for watchers. Default 10,000.</summary>
    [Range(100, 1_000_000)]
    public int KeptEvents { get; set; } = 10_000;

    /// <summary>
    /// Fits and derivations that stay stored. When a fit starts, the oldest that have ended are deleted beyond the limit, with their
    /// settings, reports and request ids; their versions keep their own reports. Unfinished fits always stay. Default 1000; 0: all stay.
    /// </summary>
    [Range(0, 10_000_000)]
    public int MaxStored { get; set; } = 1000;
}
