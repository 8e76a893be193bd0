namespace TopicGrpc.Client.Operations;

/// <summary>Turns topics into outliers and renumbers the others by size; BERTopic's <c>delete_topics</c>.</summary>
/// <param name="TopicIds">Topics, 0 or more each.</param>
public sealed record DeleteTopics(IReadOnlyList<int> TopicIds) : VersionOperation;
