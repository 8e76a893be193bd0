namespace TopicGrpc.Client.Maps;

/// <summary>Times of the documents, one per row of a map.</summary>
public sealed record MapTimes
{
    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>Version.</summary>
    public required long Version { get; init; }

    /// <summary>Earliest time, in whole seconds.</summary>
    public required DateTimeOffset First { get; init; }

    /// <summary>Seconds of each row after <see cref="First"/>; −1 for a document without a time.</summary>
    public required ReadOnlyMemory<long> Seconds { get; init; }
}
