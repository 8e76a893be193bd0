namespace TopicGrpc.Client.Topics;

/// <summary>The topics of a version at each point of time.</summary>
public sealed record TopicsOverTime
{
    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>Version.</summary>
    public required long Version { get; init; }

    /// <summary>By time, then by topic.</summary>
    public required IReadOnlyList<TopicAtTime> Points { get; init; }

    /// <summary>Training documents left out because they have no time.</summary>
    public long UndatedCount { get; init; }
}
