namespace TopicGrpc.Client.Topics;

/// <summary>Topics of a version per class of documents.</summary>
public sealed record TopicsPerClass
{
    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>Version.</summary>
    public required long Version { get; init; }

    /// <summary>Topics in each class, ordered by class, then by topic.</summary>
    public required IReadOnlyList<TopicInClass> Points { get; init; }

    /// <summary>Number of training documents without the attribute.</summary>
    public long UnclassifiedCount { get; init; }
}
