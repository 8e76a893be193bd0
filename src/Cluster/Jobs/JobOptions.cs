using System.ComponentModel.DataAnnotations;

namespace TopicGrpc.Cluster.Jobs;

/// <summary>How members run jobs; section <c>Cluster:Jobs</c>.</summary>
public sealed class JobOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Cluster:Jobs";

    /// <summary>
    /// Shortest time of a stage whose result is stored, so that another member continues after it. Default 10 seconds; 0: all stages.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan CheckpointAfter { get; set; } = TimeSpan.FromSeconds(10);
}
