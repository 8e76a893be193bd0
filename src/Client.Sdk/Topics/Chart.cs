namespace TopicGrpc.Client.Topics;

/// <summary>A drawn chart. The same request to the same version gives the same bytes.</summary>
public sealed record Chart
{
    /// <summary>Standalone SVG as text.</summary>
    public required string Svg { get; init; }

    /// <summary>Model drawn.</summary>
    public required string Model { get; init; }

    /// <summary>Version drawn.</summary>
    public required long Version { get; init; }
}
