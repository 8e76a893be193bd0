namespace TopicGrpc.Client.Models;

/// <summary>A pair of matching topics, or a topic without a match.</summary>
public sealed record TopicMatch
{
    /// <summary>Kind of the change.</summary>
    public required TopicChange Change { get; init; }

    /// <summary>Topic of the older version; null for an added topic.</summary>
    public ComparedTopic? Before { get; init; }

    /// <summary>Topic of the newer version; null for a removed topic.</summary>
    public ComparedTopic? After { get; init; }

    /// <summary>Cosine similarity of their centroids, −1 to 1; null without a match.</summary>
    public double? CentroidSimilarity { get; init; }

    /// <summary>Cosine similarity of their term weights, 0 to 1; null without a match or without term weights.</summary>
    public double? TermSimilarity { get; init; }

    /// <summary>Jaccard similarity of their documents, 0 to 1, among the training documents of both versions.</summary>
    public double DocumentOverlap { get; init; }

    /// <summary>Number of documents in both topics.</summary>
    public long SharedDocumentCount { get; init; }
}
