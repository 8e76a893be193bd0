namespace TopicGrpc.Client.Operations;

/// <summary>Merges each group into one topic and renumbers all by size; BERTopic's <c>merge_topics</c>.</summary>
/// <param name="Groups">At least two topics per group, each in one group only. A group that starts with −1 becomes outliers.</param>
public sealed record MergeTopics(IReadOnlyList<IReadOnlyList<int>> Groups) : VersionOperation;
