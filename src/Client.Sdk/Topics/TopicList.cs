namespace TopicGrpc.Client.Topics;

/// <summary>All topics of one version.</summary>
public sealed record TopicList
{
    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>Version.</summary>
    public required long Version { get; init; }

    /// <summary>Topics by id, the outliers (−1) first where there are some.</summary>
    public required IReadOnlyList<TopicInfo> Topics { get; init; }

    /// <summary>Training documents in no topic.</summary>
    public long OutlierCount { get; init; }
}
