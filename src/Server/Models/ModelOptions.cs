using System.ComponentModel.DataAnnotations;

namespace TopicGrpc.Server.Models;

/// <summary>How many versions are kept, and how models come in and go out; section <c>Models</c>.</summary>
public sealed class ModelOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Models";

    /// <summary>Versions without a label that stay loaded, over all models; the longest unused ones go back to disk, but never the one used last. Default 4.</summary>
    [Range(0, 1000)]
    public int KeepLoaded { get; set; } = 4;

    /// <summary>
    /// Versions of a model that stay on disk: when one is published, older ones go, the oldest first, but never one that a label
    /// points at or would go back to, or that a traffic policy names. 0, the default: all stay.
    /// </summary>
    [Range(0, 100_000)]
    public int KeepVersions { get; set; }

    /// <summary>
    /// How long a version stays loaded after a label or the traffic policy has left it, beside those that <see cref="KeepLoaded"/>
    /// counts: a rollback within that time reads nothing. 0: no longer than others. Default 10 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan KeepPrevious { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Most bytes of all files of a model that is imported. Default 256 MiB.</summary>
    [Range(typeof(long), "1024", "1073741824")]
    public long MaxImportBytes { get; set; } = 256L << 20;

    /// <summary>Models that may be on their way in or out at once; further ones are refused. Default 4.</summary>
    [Range(1, 64)]
    public int MaxTransfers { get; set; } = 4;
}
