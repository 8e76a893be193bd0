using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Client.Models;

/// <summary>What changed from one version to another.</summary>
public sealed record VersionComparison
{
    /// <summary>The older version.</summary>
    public required ModelSelector Before { get; init; }

    /// <summary>The newer version.</summary>
    public required ModelSelector After { get; init; }

    /// <summary>Every topic of both versions, once or more; outliers are left out. By number in the older version, then the added ones.</summary>
    public required IReadOnlyList<TopicMatch> Matches { get; init; }

    /// <summary>Documents, by id, that both versions were fitted on.</summary>
    public required long SharedDocumentCount { get; init; }

    /// <summary>Agreement of the topics of the shared documents, outliers a class of their own: 1 for the same, about 0 for unrelated ones. Null without shared documents.</summary>
    public double? AdjustedRandIndex { get; init; }

    /// <summary>Share of the shared documents in a topic of the older version whose topic has the same uid in the newer one, 0 to 1; null without any.</summary>
    public double? UidStability { get; init; }
}
