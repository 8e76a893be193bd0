using System.ComponentModel.DataAnnotations;

namespace TopicGrpc.Server.Audit;

/// <summary>The audit log; section <c>Audit</c>.</summary>
public sealed class AuditOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Audit";

    /// <summary>Whether changes and rejected calls are recorded in the folder <c>audit</c> of the data folder. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Size at which a new file is started, in bytes. Default 16 MiB.</summary>
    [Range(4096, 1L << 40)]
    public long MaxFileBytes { get; set; } = 16L << 20;

    /// <summary>Files that are kept; the oldest are deleted. Default 16.</summary>
    [Range(1, 10_000)]
    public int MaxFiles { get; set; } = 16;

    /// <summary>Rejected calls that are recorded per second; further ones are counted in the next line. Default 100.</summary>
    [Range(1, 1_000_000)]
    public int MaxRejectionsPerSecond { get; set; } = 100;
}
