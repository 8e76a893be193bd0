namespace TopicGrpc.Client.Maps;

/// <summary>Rows whose text contains a string.</summary>
public sealed record MapMatches
{
    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>Version.</summary>
    public required long Version { get; init; }

    /// <summary>Rows, ascending; at most 200,000.</summary>
    public required IReadOnlyList<int> Rows { get; init; }

    /// <summary>Number of all rows that contain the string.</summary>
    public required long Count { get; init; }
}
