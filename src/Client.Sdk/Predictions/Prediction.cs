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

    /// <summary>Strength of the assignment. Its meaning and range depend on <see cref="Basis"/>.</summary>
    public required double Probability { get; init; }

    /// <summary>Source of the topic.</summary>
    public PredictionBasis Basis { get; init; }

    /// <summary>
    /// Whether the text is a document of the version, which then keeps its topic. Repeated white space does not count, case does.
    /// </summary>
    public bool IsKnownDocument { get; init; }

    /// <summary>
    /// Topic with the nearest mean vector, for an outlier or a text that the outlier policy assigned; null for other texts.
    /// </summary>
    public int? NearestTopicId { get; init; }

    /// <summary>Cosine similarity with the mean vector of <see cref="NearestTopicId"/>, −1 to 1; null if that is null.</summary>
    public double? NearestSimilarity { get; init; }

    /// <summary>
    /// Share of the version's documents that are at least as far from their neighbors as the text, 0 to 1. Near 0: the text is foreign to
    /// the documents. Null if the version was imported, merged or made by an earlier release, or if all its documents are equal.
    /// </summary>
    public double? Novelty { get; init; }

    /// <summary>
    /// Whether <see cref="Novelty"/> is below the threshold of the version (<c>novelty_threshold</c>). Independent of the topic.
    /// </summary>
    public bool IsNovel { get; init; }

    /// <summary>Whether the text is an outlier.</summary>
    public bool IsOutlier => TopicId < 0;

    /// <summary>Words of the topic, best first; empty unless requested.</summary>
    public IReadOnlyList<TopicWord> Words { get; init; } = [];

    /// <summary>Probability by topic; empty unless requested. The values and <see cref="OutlierProbability"/> sum to 1.</summary>
    public IReadOnlyDictionary<int, double> Probabilities { get; init; } = new Dictionary<int, double>();

    /// <summary>Probability of being an outlier, 0 to 1; null unless requested.</summary>
    public double? OutlierProbability { get; init; }

    /// <summary>
    /// Topic of each layer that contains the text, the finest first; each topic contains the one before it. Empty unless requested, for an
    /// outlier, and for a version without layers.
    /// </summary>
    public IReadOnlyList<LayerTopicRef> Path { get; init; } = [];

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
