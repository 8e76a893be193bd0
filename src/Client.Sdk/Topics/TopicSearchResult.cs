namespace TopicGrpc.Client.Topics;

/// <summary>The topics nearest to a query.</summary>
public sealed record TopicSearchResult
{
    /// <summary>Model that answered.</summary>
    public required string Model { get; init; }

    /// <summary>Version that answered.</summary>
    public required long Version { get; init; }

    /// <summary>Best first; the outliers' topic takes part, as in BERTopic.</summary>
    public required IReadOnlyList<TopicHit> Hits { get; init; }
}
