namespace TopicGrpc.Client.Topics;

/// <summary>How the topics of a version join into larger ones.</summary>
public sealed record TopicHierarchy
{
    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>Version.</summary>
    public required long Version { get; init; }

    /// <summary>The last merge, which holds all topics, first; none below two topics.</summary>
    public required IReadOnlyList<TopicMerge> Merges { get; init; }

    /// <summary>The same drawn as text, one line a node.</summary>
    public string Tree { get; init; } = "";
}
