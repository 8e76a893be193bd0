namespace TopicGrpc.Client.Topics;

/// <summary>A topic at a time.</summary>
/// <param name="Time">The time, or the start of its bin.</param>
/// <param name="TopicId">Topic; −1 for the outliers.</param>
/// <param name="Count">Number of training documents of the topic.</param>
/// <param name="Words">The five best words, best first.</param>
public sealed record TopicAtTime(DateTimeOffset Time, int TopicId, long Count, IReadOnlyList<TopicWord> Words);
