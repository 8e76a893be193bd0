namespace TopicGrpc.Client.Operations;

/// <summary>Makes one topic of each group and numbers all by size; BERTopic's <c>merge_topics</c>.</summary>
/// <param name="Groups">Two topics or more a group, no topic in two groups. A group that begins with −1 joins the outliers.</param>
public sealed record MergeTopics(IReadOnlyList<IReadOnlyList<int>> Groups) : VersionOperation;
