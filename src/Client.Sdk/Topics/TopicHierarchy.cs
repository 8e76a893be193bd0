namespace TopicGrpc.Client.Topics;

/// <summary>Hierarchy of the topics of a version.</summary>
public sealed record TopicHierarchy
{
    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>Version.</summary>
    public required long Version { get; init; }

    /// <summary>Merges, last merge first. The last merge contains all topics. Empty for fewer than two topics.</summary>
    public required IReadOnlyList<TopicMerge> Merges { get; init; }

    /// <summary>The hierarchy as text, one line per node.</summary>
    public string Tree { get; init; } = "";

    /// <summary>
    /// Topics of the coarser layers and of the version as text, one line per topic, indented below its parent; empty without coarser
    /// layers.
    /// </summary>
    public string LayerTree { get; init; } = "";
}
