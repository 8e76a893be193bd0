namespace TopicGrpc.Engine.Topics.Reports;

/// <summary>Figures by which models are compared: computed from a model, its documents and their vectors, never from labels that people gave.</summary>
public sealed record ModelQuality
{
    /// <summary>Topics, the outlier topic not counted.</summary>
    public required int Topics { get; init; }

    /// <summary>Share of the documents in no topic, 0 to 1; 0 without documents.</summary>
    public required double OutlierShare { get; init; }

    /// <summary>Documents of the largest topic; 0 without topics.</summary>
    public required int LargestTopic { get; init; }

    /// <summary>Its share of the documents that are in a topic, 0 to 1; 0 without topics.</summary>
    public required double LargestTopicShare { get; init; }

    /// <summary>Distinct words among the ten best of every topic, outliers left out, 0 to 1; null without words.</summary>
    public double? Diversity { get; init; }

    /// <summary>Coherence of the ten best words by each measure, NPMI first; empty where the texts were not at hand.</summary>
    public IReadOnlyList<CoherenceScore> Coherence { get; init; } = [];

    /// <summary>Persistence by topic from 0, 0 to 1: of the clusters that became the topic the mean weighted by documents. Null for a topic without clusters.</summary>
    public required IReadOnlyList<double?> Persistence { get; init; }

    /// <summary>How often the model predicts the topic that a document has; null where the vectors were not at hand.</summary>
    public PredictionAgreement? Agreement { get; init; }
}
