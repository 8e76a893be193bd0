using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client.Predictions;

/// <summary>Topic of a text. The same text and version always give the same prediction.</summary>
public sealed record Prediction
{
    /// <summary>Topic number; −1 for an outlier.</summary>
    public required int TopicId { get; init; }

    /// <summary>Uid: identity of the topic across versions, suitable for storage. Empty for an outlier.</summary>
    public string TopicUid { get; init; } = "";

    /// <summary>Name of the topic.</summary>
    public required string Name { get; init; }

    /// <summary>Custom label of the topic; empty for none.</summary>
    public string Label { get; init; } = "";

    /// <summary>Mode of the prediction.</summary>
    public PredictMode Mode { get; init; }

    /// <summary>Probability of the topic, 0 to 1; 0 for an outlier. By centroid: cosine similarity.</summary>
    public required double Probability { get; init; }

    /// <summary>Whether the text is an outlier.</summary>
    public bool IsOutlier => TopicId < 0;

    /// <summary>Words of the topic, best first; empty unless requested.</summary>
    public IReadOnlyList<TopicWord> Words { get; init; } = [];

    /// <summary>Probability by topic; empty unless requested. The values and <see cref="OutlierProbability"/> sum to 1.</summary>
    public IReadOnlyDictionary<int, double> Probabilities { get; init; } = new Dictionary<int, double>();

    /// <summary>Probability of being an outlier, 0 to 1; null unless requested.</summary>
    public double? OutlierProbability { get; init; }

    /// <summary>Embedding of unit length; empty unless requested.</summary>
    public ReadOnlyMemory<float> Embedding { get; init; }

    /// <summary>Whether the text was truncated at the encoder's token limit.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>Number of tokens for the encoder, including its two special tokens.</summary>
    public int TokenCount { get; init; }

    /// <summary>Id of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Version that answered.</summary>
    public required long Version { get; init; }

    /// <summary>Times on the server; for a batch, of all its texts.</summary>
    public ServerTiming Timing { get; init; }
}
