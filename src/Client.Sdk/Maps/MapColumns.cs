namespace TopicGrpc.Client.Maps;

/// <summary>What points of a map can be colored by, in addition to topic and probability.</summary>
public sealed record MapColumns
{
    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>Version.</summary>
    public required long Version { get; init; }

    /// <summary>Times of the documents; null if no document has one.</summary>
    public MapTimeRange? Times { get; init; }

    /// <summary>Attributes, at most 100, those of the most documents first.</summary>
    public required IReadOnlyList<MapColumn> Attributes { get; init; }
}
