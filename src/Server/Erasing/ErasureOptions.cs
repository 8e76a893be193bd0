using System.ComponentModel.DataAnnotations;

namespace TopicGrpc.Server.Erasing;

/// <summary>Erasure and retention of documents; section <c>Erasure</c>.</summary>
public sealed class ErasureOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Erasure";

    /// <summary>Time between two checks of the ages of documents in corpora with a retention. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan RetentionInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Receipts that stay stored. When an erasure starts, the oldest receipts of ended ones are deleted beyond the limit. Default 10,000;
    /// 0: all stay.
    /// </summary>
    [Range(0, 10_000_000)]
    public int MaxStored { get; set; } = 10_000;
}
