namespace TopicGrpc.Client.Topics;

/// <summary>The layers of one version.</summary>
public sealed record TopicLayers
{
    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>Version.</summary>
    public required long Version { get; init; }

    /// <summary>Layers, the finest first.</summary>
    public required IReadOnlyList<TopicLayer> Layers { get; init; }
}
