namespace TopicGrpc.Client.Corpora;

/// <summary>Changes of a corpus.</summary>
public sealed record UpdateCorpusOptions
{
    /// <summary>Display name, at most 256 bytes of UTF-8; null: unchanged.</summary>
    public string? DisplayName { get; init; }

    /// <summary>
    /// Age at which documents are erased, 1 hour to 36,500 days; zero: never; null: unchanged. Documents without a time are kept.
    /// </summary>
    public TimeSpan? Retention { get; init; }
}
