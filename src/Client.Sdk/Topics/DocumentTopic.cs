namespace TopicGrpc.Client.Topics;

/// <summary>Assignment of a training document.</summary>
/// <param name="DocumentId">Id of the document in the corpus.</param>
/// <param name="TopicId">Topic of the document; −1 for an outlier.</param>
/// <param name="Probability">Probability of the topic, 0 to 1.</param>
/// <param name="IsRepresentative">Whether the document is a representative document of the topic.</param>
public sealed record DocumentTopic(string DocumentId, int TopicId, double Probability, bool IsRepresentative)
{
    /// <summary>Text of the document; null unless <see cref="ListDocumentsOptions.IncludeContent"/> is set.</summary>
    public string? Text { get; init; }

    /// <summary>Time of the document; null without one, and unless <see cref="ListDocumentsOptions.IncludeContent"/> is set.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Attributes of the document; null unless <see cref="ListDocumentsOptions.IncludeContent"/> is set.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    /// <summary>Position on the map of the version; null unless <see cref="ListDocumentsOptions.IncludePosition"/> is set.</summary>
    public DocumentPosition? Position { get; init; }

    /// <summary>Embedding, scaled to length 1; null unless <see cref="ListDocumentsOptions.IncludeEmbedding"/> is set.</summary>
    public ReadOnlyMemory<float>? Embedding { get; init; }
}
