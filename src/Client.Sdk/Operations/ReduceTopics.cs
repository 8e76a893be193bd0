using TopicGrpc.Client.Settings;

namespace TopicGrpc.Client.Operations;

/// <summary>Merges topics that are alike; BERTopic's <c>reduce_topics</c>.</summary>
/// <param name="Target">How many topics are to be left, the outlier topic counted; or as many as are alike.</param>
public sealed record ReduceTopics(TopicReduction Target) : VersionOperation;
