namespace TopicGrpc.Client.Corpora;

/// <summary>Options of a new corpus.</summary>
public sealed record CreateCorpusOptions
{
    /// <summary>Display name, at most 256 bytes of UTF-8.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>Whether an existing corpus is returned instead of an error. Default false.</summary>
    public bool AllowExisting { get; init; }
}
