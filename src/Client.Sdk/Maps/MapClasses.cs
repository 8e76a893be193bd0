namespace TopicGrpc.Client.Maps;

/// <summary>Values of an attribute, one per row of a map.</summary>
public sealed record MapClasses
{
    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>Version.</summary>
    public required long Version { get; init; }

    /// <summary>Attribute.</summary>
    public required string Attribute { get; init; }

    /// <summary>The values of most documents, at most 1000, the most frequent first.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>
    /// Value of each row: 0 for none, i for <c>ClassNames[i − 1]</c>, one more than the number of names for any other value.
    /// </summary>
    public required ReadOnlyMemory<int> Classes { get; init; }
}
