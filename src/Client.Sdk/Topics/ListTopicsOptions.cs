namespace TopicGrpc.Client.Topics;

/// <summary>Options of a list of topics.</summary>
public sealed record ListTopicsOptions
{
    /// <summary>Highest number of words per topic; null for all.</summary>
    public int? WordCount { get; init; }

    /// <summary>Whether to return representative documents. Default true.</summary>
    public bool IncludeRepresentativeDocuments { get; init; } = true;
}
