namespace TopicGrpc.Client.Predictions;

/// <summary>A word of a text and its similarity to topics.</summary>
/// <param name="Token">The word as in the text.</param>
/// <param name="Similarities">Similarity by topic, without zeros.</param>
public sealed record TokenTopics(string Token, IReadOnlyDictionary<int, double> Similarities);
