namespace TopicGrpc.Client.Predictions;

/// <summary>A word of a text and the topics it speaks for.</summary>
/// <param name="Token">The word as written.</param>
/// <param name="Similarities">Similarity that it gathered by topic; topics without any are left out.</param>
public sealed record TokenTopics(string Token, IReadOnlyDictionary<int, double> Similarities);
