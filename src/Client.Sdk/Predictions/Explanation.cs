using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client.Predictions;

/// <summary>A prediction and the evidence for a topic.</summary>
public sealed record Explanation
{
    /// <summary>The prediction, with the probabilities of all topics.</summary>
    public required Prediction Prediction { get; init; }

    /// <summary>Explained topic.</summary>
    public required int TopicId { get; init; }

    /// <summary>Its name.</summary>
    public required string TopicName { get; init; }

    /// <summary>Topic distribution of the words of the text; the shares sum to 1. Empty if no topic is similar enough.</summary>
    public IReadOnlyDictionary<int, double> Distribution { get; init; } = new Dictionary<int, double>();

    /// <summary>Terms in both text and topic, the largest contribution first.</summary>
    public IReadOnlyList<SharedTerm> SharedTerms { get; init; } = [];

    /// <summary>Representative documents of the topic.</summary>
    public IReadOnlyList<RepresentativeDocument> RepresentativeDocuments { get; init; } = [];

    /// <summary>Probability of the topic minus that of the next best topic; negative if another topic is more probable.</summary>
    public double Margin { get; init; }

    /// <summary>The next best topic; null for none.</summary>
    public int? NextTopicId { get; init; }

    /// <summary>Words of the text; empty unless requested.</summary>
    public IReadOnlyList<TokenTopics> Tokens { get; init; } = [];
}
