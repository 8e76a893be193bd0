namespace TopicGrpc.Client.Topics;

/// <summary>The topics of a version in each class of documents.</summary>
public sealed record TopicsPerClass
{
    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>Version.</summary>
    public required long Version { get; init; }

    /// <summary>By class, then by topic.</summary>
    public required IReadOnlyList<TopicInClass> Points { get; init; }

    /// <summary>Training documents left out because they lack the attribute.</summary>
    public long UnclassifiedCount { get; init; }
}
