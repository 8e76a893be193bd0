namespace TopicGrpc.Client.Topics;

/// <summary>Topics of a version over time.</summary>
public sealed record TopicsOverTime
{
    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>Version.</summary>
    public required long Version { get; init; }

    /// <summary>Topics at each time, ordered by time, then by topic.</summary>
    public required IReadOnlyList<TopicAtTime> Points { get; init; }

    /// <summary>Number of training documents without a time.</summary>
    public long UndatedCount { get; init; }
}
