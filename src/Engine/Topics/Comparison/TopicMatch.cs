namespace TopicGrpc.Engine.Topics.Comparison;

/// <summary>Two linked topics, or one topic without a link.</summary>
/// <param name="Change">Change of the topic.</param>
/// <param name="Before">Topic of the older model; null for an added topic.</param>
/// <param name="After">Topic of the newer model; null for a removed topic.</param>
public sealed record TopicMatch(TopicChange Change, Topic? Before, Topic? After)
{
    /// <summary>Cosine of the centroids, −1 to 1; null for a topic without a link or models of different encoders.</summary>
    public double? CentroidSimilarity { get; init; }

    /// <summary>Cosine of the term weights (c-TF-IDF), 0 to 1; null for a topic without a link or a model without weights.</summary>
    public double? TermSimilarity { get; init; }

    /// <summary>Number of documents in both topics.</summary>
    public int SharedDocuments { get; init; }

    /// <summary>Jaccard index of the two topics among the documents of both models, 0 to 1.</summary>
    public double DocumentOverlap { get; init; }
}
