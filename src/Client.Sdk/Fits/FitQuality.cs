using TopicGrpc.Client.Settings;

namespace TopicGrpc.Client.Fits;

/// <summary>Quality figures of a version, computed from the version, its documents and their embeddings, never from class labels.</summary>
public sealed record FitQuality
{
    /// <summary>Number of topics without the outliers.</summary>
    public int TopicCount { get; init; }

    /// <summary>Share of the outliers among the documents, 0 to 1.</summary>
    public double OutlierShare { get; init; }

    /// <summary>Number of documents of the largest topic.</summary>
    public long LargestTopicSize { get; init; }

    /// <summary>Share of the largest topic among the documents in topics, 0 to 1.</summary>
    public double LargestTopicShare { get; init; }

    /// <summary>Share of distinct words among the ten best words of all topics, 0 to 1. Null without words.</summary>
    public double? Diversity { get; init; }

    /// <summary>Coherence by measure, <see cref="CoherenceMeasures.Npmi"/> first; empty if the texts were deleted.</summary>
    public IReadOnlyList<TopicCoherence> Coherences { get; init; } = [];

    /// <summary>
    /// Persistence of the clusters of each topic in the condensed tree, 0 to 1; Python <c>cluster_persistence_</c>. Without topics that
    /// have no cluster.
    /// </summary>
    public IReadOnlyDictionary<int, double> TopicPersistences { get; init; } = new Dictionary<int, double>();

    /// <summary>Agreement of predictions for the training documents with their assignments; null if the embeddings were not kept.</summary>
    public PredictionAgreement? Agreement { get; init; }

    /// <summary>Seed of every random choice.</summary>
    public long Seed { get; init; }

    /// <summary>SHA-256 of the encoder's weights, lower-case hexadecimal.</summary>
    public string EncoderSha256 { get; init; } = "";

    /// <summary>Returns the mean of a measure over the topics.</summary>
    /// <param name="measure">Name, such as <see cref="CoherenceMeasures.Npmi"/>.</param>
    /// <returns>The mean; null if the measure was not computed.</returns>
    public double? CoherenceBy(string measure) => Coherences.FirstOrDefault(coherence => coherence.Measure == measure)?.Mean;
}
