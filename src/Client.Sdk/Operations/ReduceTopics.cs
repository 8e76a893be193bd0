using TopicGrpc.Client.Settings;

namespace TopicGrpc.Client.Operations;

/// <summary>Merges similar topics; BERTopic's <c>reduce_topics</c>.</summary>
/// <param name="Target">Number of remaining topics including the outlier topic, or automatic.</param>
public sealed record ReduceTopics(TopicReduction Target) : VersionOperation;
