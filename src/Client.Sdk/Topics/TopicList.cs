namespace TopicGrpc.Client.Topics;

/// <summary>All topics of one version.</summary>
public sealed record TopicList
{
    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>Version.</summary>
    public required long Version { get; init; }

    /// <summary>Topics by number; the outliers (−1) come first.</summary>
    public required IReadOnlyList<TopicInfo> Topics { get; init; }

    /// <summary>Number of outliers among the training documents.</summary>
    public long OutlierCount { get; init; }
}
