using System.ComponentModel.DataAnnotations;

namespace TopicGrpc.Server.Models;

/// <summary>Limits of loaded and stored versions, and of import and export; section <c>Models</c>.</summary>
public sealed class ModelOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Models";

    /// <summary>
    /// Versions without a label that stay loaded, over all models. Beyond the limit the least recently used are unloaded, but never the one
    /// that was used last. Default 4.
    /// </summary>
    [Range(0, 1000)]
    public int KeepLoaded { get; set; } = 4;

    /// <summary>
    /// Versions of a model that stay on disk. When a version is published, the oldest beyond the limit are deleted, except versions that
    /// carry a label, that a rollback would return to, or that a traffic policy names. 0, the default: no version is deleted.
    /// </summary>
    [Range(0, 100_000)]
    public int KeepVersions { get; set; }

    /// <summary>
    /// How long a version stays loaded after a label or the traffic policy has left it, in addition to the versions that
    /// <see cref="KeepLoaded"/> counts: a rollback within that time reads nothing. 0: no longer than others. Default 10 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan KeepPrevious { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Most bytes of all files of an imported model. Default 256 MiB.</summary>
    [Range(typeof(long), "1024", "1073741824")]
    public long MaxImportBytes { get; set; } = 256L << 20;

    /// <summary>Most imports and exports that run at the same time; further ones are rejected. Default 4.</summary>
    [Range(1, 64)]
    public int MaxTransfers { get; set; } = 4;

    /// <summary>Models; versions of further ones are rejected with <c>LIMIT_REACHED</c>. Default 10,000; 0: no limit.</summary>
    [Range(0, 10_000_000)]
    public int MaxModels { get; set; } = 10_000;

    /// <summary>
    /// Versions of one model; further ones are rejected with <c>LIMIT_REACHED</c>. Does not apply if <see cref="KeepVersions"/> deletes the
    /// oldest. Default 10,000; 0: no limit.
    /// </summary>
    [Range(0, 10_000_000)]
    public int MaxVersions { get; set; } = 10_000;

    /// <summary>Labels of one model; further ones are rejected with <c>LIMIT_REACHED</c>. Default 1000; 0: no limit.</summary>
    [Range(0, 1_000_000)]
    public int MaxLabels { get; set; } = 1000;
}
