namespace TopicGrpc.Client.Corpora;

/// <summary>A named set of documents.</summary>
public sealed record CorpusInfo
{
    /// <summary>Its id.</summary>
    public required string Name { get; init; }

    /// <summary>Display name.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>State of the stored documents.</summary>
    public CorpusState State { get; init; }

    /// <summary>What is damaged or missing; empty unless <see cref="State"/> is <see cref="CorpusState.Damaged"/>.</summary>
    public string Damage { get; init; } = "";

    /// <summary>Number of stored documents.</summary>
    public long DocumentCount { get; init; }

    /// <summary>Size of their texts in bytes of UTF-8.</summary>
    public long TextBytes { get; init; }

    /// <summary>Time of its creation.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Texts that fits leave out, at most 16 per encoder. Empty in the results of <see cref="CorporaClient.ListAsync"/>.</summary>
    public IReadOnlyList<QuarantinedText> QuarantinedTexts { get; init; } = [];

    /// <summary>Age at which documents are erased, by their time; zero: never.</summary>
    public TimeSpan Retention { get; init; }

    /// <summary>
    /// Embeddings that clients give with the documents; null if the server embeds them, or if the corpus is empty and nothing is set.
    /// </summary>
    public GivenEmbeddings? GivenEmbeddings { get; init; }
}
