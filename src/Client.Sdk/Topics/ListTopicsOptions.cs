namespace TopicGrpc.Client.Topics;

/// <summary>What a list of topics holds.</summary>
public sealed record ListTopicsOptions
{
    /// <summary>Most words per topic; null: all that the version keeps.</summary>
    public int? WordCount { get; init; }

    /// <summary>Return the representative documents. Default true.</summary>
    public bool IncludeRepresentativeDocuments { get; init; } = true;
}
