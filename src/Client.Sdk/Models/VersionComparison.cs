using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Client.Models;

/// <summary>Comparison of two versions.</summary>
public sealed record VersionComparison
{
    /// <summary>The older version.</summary>
    public required ModelSelector Before { get; init; }

    /// <summary>The newer version.</summary>
    public required ModelSelector After { get; init; }

    /// <summary>
    /// Every topic of both versions at least once, without outliers: by number in the older version, then the added topics.
    /// </summary>
    public required IReadOnlyList<TopicMatch> Matches { get; init; }

    /// <summary>Number of training documents of both versions, by id.</summary>
    public required long SharedDocumentCount { get; init; }

    /// <summary>
    /// Adjusted Rand index of the assignments of the shared documents, with the outliers as one class: 1 for equal, about 0 for unrelated
    /// partitions. Null without shared documents.
    /// </summary>
    public double? AdjustedRandIndex { get; init; }

    /// <summary>
    /// Share of the shared documents, without outliers of the older version, whose topic keeps its uid, 0 to 1; null without any.
    /// </summary>
    public double? UidStability { get; init; }
}
