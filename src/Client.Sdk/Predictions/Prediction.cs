using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client.Predictions;

/// <summary>The topic of a text. The same text to the same version gives the same answer.</summary>
public sealed record Prediction
{
    /// <summary>Topic; −1 for an outlier.</summary>
    public required int TopicId { get; init; }

    /// <summary>Id of the topic to store: it lives through refits where the topic is clearly the same. Empty for an outlier.</summary>
    public string TopicUid { get; init; } = "";

    /// <summary>Name of the topic.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the topic given by a person; empty where there is none.</summary>
    public string Label { get; init; } = "";

    /// <summary>How the topic was found.</summary>
    public PredictMode Mode { get; init; }

    /// <summary>Strength of the assignment, 0 to 1; 0 for an outlier. By centroid: a cosine.</summary>
    public required double Probability { get; init; }

    /// <summary>Whether the text belongs to no topic.</summary>
    public bool IsOutlier => TopicId < 0;

    /// <summary>Words of the topic, best first; empty unless asked for.</summary>
    public IReadOnlyList<TopicWord> Words { get; init; } = [];

    /// <summary>Probability of every topic by its id; empty unless asked for. With <see cref="OutlierProbability"/> it sums to 1.</summary>
    public IReadOnlyDictionary<int, double> Probabilities { get; init; } = new Dictionary<int, double>();

    /// <summary>Probability of belonging to no topic; null unless asked for.</summary>
    public double? OutlierProbability { get; init; }

    /// <summary>Unit-length embedding; empty unless asked for.</summary>
    public ReadOnlyMemory<float> Embedding { get; init; }

    /// <summary>Whether the text was cut to the encoder's window.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>Tokens given to the encoder, its two special ones included.</summary>
    public int TokenCount { get; init; }

    /// <summary>Model that answered.</summary>
    public required string Model { get; init; }

    /// <summary>Version that answered.</summary>
    public required long Version { get; init; }

    /// <summary>Where the time went; for a batch, that of all its texts.</summary>
    public ServerTiming Timing { get; init; }
}
