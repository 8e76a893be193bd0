using TopicGrpc.Client.Settings;

namespace TopicGrpc.Client.Fits;

/// <summary>Figures by which versions are compared. They come from the version, its documents and their vectors alone, never from labels that people gave.</summary>
public sealed record FitQuality
{
    /// <summary>Topics, the outliers not counted.</summary>
    public int TopicCount { get; init; }

    /// <summary>Share of the documents in no topic, 0 to 1.</summary>
    public double OutlierShare { get; init; }

    /// <summary>Documents of the largest topic.</summary>
    public long LargestTopicSize { get; init; }

    /// <summary>Its share of the documents that are in a topic, 0 to 1.</summary>
    public double LargestTopicShare { get; init; }

    /// <summary>Distinct words among the ten best of every topic, 0 to 1; falls as topics grow in number. Null without words.</summary>
    public double? Diversity { get; init; }

    /// <summary>Coherence by measure, <see cref="CoherenceMeasures.Npmi"/> first; empty where the texts were gone.</summary>
    public IReadOnlyList<TopicCoherence> Coherences { get; init; } = [];

    /// <summary>How long the clusters of a topic last in the density tree, 0 to 1, by topic; Python <c>cluster_persistence_</c>. Topics without clusters are left out.</summary>
    public IReadOnlyDictionary<int, double> TopicPersistences { get; init; } = new Dictionary<int, double>();

    /// <summary>How often the version predicts for its own documents the topic they have; null where their vectors were not kept.</summary>
    public PredictionAgreement? Agreement { get; init; }

    /// <summary>Seed of every random choice.</summary>
    public long Seed { get; init; }

    /// <summary>SHA-256 of the encoder's weights, lower-case hexadecimal.</summary>
    public string EncoderSha256 { get; init; } = "";

    /// <summary>Mean of a measure over topics.</summary>
    /// <param name="measure">Name, such as <see cref="CoherenceMeasures.Npmi"/>.</param>
    /// <returns>The mean; null where it was not measured.</returns>
    public double? CoherenceBy(string measure) => Coherences.FirstOrDefault(coherence => coherence.Measure == measure)?.Mean;
}
