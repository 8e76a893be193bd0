namespace TopicGrpc.Client.Corpora;

/// <summary>Options of a new corpus.</summary>
public sealed record CreateCorpusOptions
{
    /// <summary>Display name, at most 256 bytes of UTF-8.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>
    /// Age at which documents are erased, 1 hour to 36,500 days; zero, the default: never. Documents without a time are kept.
    /// </summary>
    public TimeSpan Retention { get; init; }

    /// <summary>
    /// Embeddings that clients give with the documents. Null, the default: the first document decides, and the encoder has no name.
    /// </summary>
    public GivenEmbeddings? GivenEmbeddings { get; init; }

    /// <summary>Whether an existing corpus is returned instead of an error. Default false.</summary>
    public bool AllowExisting { get; init; }
}
