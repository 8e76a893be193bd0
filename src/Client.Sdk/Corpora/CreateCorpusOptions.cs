namespace TopicGrpc.Client.Corpora;

/// <summary>How to create a corpus.</summary>
public sealed record CreateCorpusOptions
{
    /// <summary>Name for people, at most 256 bytes of UTF-8.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>Return the corpus if it exists instead of failing. Default false.</summary>
    public bool AllowExisting { get; init; }
}
