namespace TopicGrpc.Client.Operations;

/// <summary>Gives topics names; BERTopic's <c>set_topic_labels</c>. Other topics keep theirs.</summary>
/// <param name="Labels">Name by topic; an empty one takes the name away.</param>
public sealed record SetTopicLabels(IReadOnlyDictionary<int, string> Labels) : VersionOperation;
