namespace TopicGrpc.Client.Topics;

/// <summary>The topics of one layer.</summary>
public sealed record LayerTopics
{
    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>Version.</summary>
    public required long Version { get; init; }

    /// <summary>Name of the layer.</summary>
    public required string Layer { get; init; }

    /// <summary>Topics by number, the largest first.</summary>
    public required IReadOnlyList<LayerTopic> Topics { get; init; }
}
