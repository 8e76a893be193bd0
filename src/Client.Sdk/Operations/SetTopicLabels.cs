namespace TopicGrpc.Client.Operations;

/// <summary>Sets custom labels of topics; BERTopic's <c>set_topic_labels</c>. Other topics keep theirs.</summary>
/// <param name="Labels">Custom label by topic; an empty one removes the label.</param>
public sealed record SetTopicLabels(IReadOnlyDictionary<int, string> Labels) : VersionOperation;
