using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client.Predictions;

/// <summary>A prediction and what speaks for a topic.</summary>
public sealed record Explanation
{
    /// <summary>The prediction, with the probabilities of all topics.</summary>
    public required Prediction Prediction { get; init; }

    /// <summary>Topic that is explained.</summary>
    public required int TopicId { get; init; }

    /// <summary>Its name.</summary>
    public required string TopicName { get; init; }

    /// <summary>How the words of the text spread over topics; the shares sum to 1, empty where nothing is similar enough.</summary>
    public IReadOnlyDictionary<int, double> Distribution { get; init; } = new Dictionary<int, double>();

    /// <summary>Terms that text and topic share, the largest contribution first.</summary>
    public IReadOnlyList<SharedTerm> SharedTerms { get; init; } = [];

    /// <summary>Training documents that stand for the topic.</summary>
    public IReadOnlyList<RepresentativeDocument> RepresentativeDocuments { get; init; } = [];

    /// <summary>Probability of the topic less that of the next best one; below 0 where another topic is more probable.</summary>
    public double Margin { get; init; }

    /// <summary>The next best topic; null where there is no other.</summary>
    public int? NextTopicId { get; init; }

    /// <summary>The words of the text; empty unless asked for.</summary>
    public IReadOnlyList<TokenTopics> Tokens { get; init; } = [];
}
