namespace TopicGrpc.Engine.Topics.Comparison;

/// <summary>Two topics that belong together, or one that stands alone.</summary>
/// <param name="Change">What became of it.</param>
/// <param name="Before">Topic of the older model; null where it was added.</param>
/// <param name="After">Topic of the newer model; null where it was removed.</param>
public sealed record TopicMatch(TopicChange Change, Topic? Before, Topic? After)
{
    /// <summary>Cosine of the mean vectors, −1 to 1; null for a topic alone or models of different encoders.</summary>
    public double? CentroidSimilarity { get; init; }

    /// <summary>Cosine of the word weights (c-TF-IDF), 0 to 1; null for a topic alone or a model without weights.</summary>
    public double? TermSimilarity { get; init; }

    /// <summary>Documents in both topics.</summary>
    public int SharedDocuments { get; init; }

    /// <summary>Documents in both topics over those in either, counted among the documents that both models have; 0 to 1 (Jaccard).</summary>
    public double DocumentOverlap { get; init; }
}
