namespace TopicGrpc.Client.Topics;

/// <summary>The topics nearest to a query.</summary>
public sealed record TopicSearchResult
{
    /// <summary>Id of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Version that answered.</summary>
    public required long Version { get; init; }

    /// <summary>Topics, best first, including the outlier topic as in BERTopic.</summary>
    public required IReadOnlyList<TopicHit> Hits { get; init; }
}
