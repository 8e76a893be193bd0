namespace TopicGrpc.Client.Topics;

/// <summary>A chart. The same request and version always give the same bytes.</summary>
public sealed record Chart
{
    /// <summary>SVG document.</summary>
    public required string Svg { get; init; }

    /// <summary>Id of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Number of the version.</summary>
    public required long Version { get; init; }
}
