namespace TopicGrpc.Engine.Topics.Reports;

/// <summary>
/// Quality figures for comparing models. They are computed from the model, its documents and their embeddings, never from manual labels.
/// </summary>
public sealed record ModelQuality
{
    /// <summary>Number of topics without the outlier topic.</summary>
    public required int Topics { get; init; }

    /// <summary>Share of outliers among the documents, 0 to 1; 0 without documents.</summary>
    public required double OutlierShare { get; init; }

    /// <summary>Number of documents of the largest topic; 0 without topics.</summary>
    public required int LargestTopic { get; init; }

    /// <summary>Share of the largest topic among the documents that are in a topic, 0 to 1; 0 without topics.</summary>
    public required double LargestTopicShare { get; init; }

    /// <summary>
    /// Share of distinct words among the ten best words of all topics except the outlier topic, 0 to 1; null without words.
    /// </summary>
    public double? Diversity { get; init; }

    /// <summary>Coherence of the ten best words by each measure, NPMI first; empty if the texts were not available.</summary>
    public IReadOnlyList<CoherenceScore> Coherence { get; init; } = [];

    /// <summary>
    /// Persistence of each topic from 0, 0 to 1: the mean over the clusters of the topic, weighted by documents. Null for a topic without
    /// clusters.
    /// </summary>
    public required IReadOnlyList<double?> Persistence { get; init; }

    /// <summary>How often the model predicts a document's own topic; null if the embeddings were not available.</summary>
    public PredictionAgreement? Agreement { get; init; }
}
