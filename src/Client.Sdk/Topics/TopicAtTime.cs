namespace TopicGrpc.Client.Topics;

/// <summary>A topic at a point of time.</summary>
/// <param name="Time">The time, or the start of its bin.</param>
/// <param name="TopicId">Topic; −1 for the outliers.</param>
/// <param name="Count">Training documents of the topic there.</param>
/// <param name="Words">Its five best words there, best first.</param>
public sealed record TopicAtTime(DateTimeOffset Time, int TopicId, long Count, IReadOnlyList<TopicWord> Words);
