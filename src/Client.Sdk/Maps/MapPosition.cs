namespace TopicGrpc.Client.Maps;

/// <summary>Position of a text on a map.</summary>
public sealed record MapPosition
{
    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>Version.</summary>
    public required long Version { get; init; }

    /// <summary>First coordinate, in the units of <see cref="MapBounds"/>. It may be outside the bounds.</summary>
    public required double X { get; init; }

    /// <summary>Second coordinate.</summary>
    public required double Y { get; init; }

    /// <summary>Row of the nearest training document by embedding.</summary>
    public required int NearestRow { get; init; }
}
