namespace TopicGrpc.Client.Operations;

/// <summary>
/// Divides one topic into the density clusters of its documents in the stored layout. The other topics keep their documents, uids and
/// custom labels; all topics are numbered by size.
/// </summary>
/// <param name="TopicId">Topic, 0 or more.</param>
/// <param name="MinClusterSize">
/// Minimum number of documents per part, 2 to 1,000,000. Null: the most persistent size of the topic's density tree, at least 5.
/// </param>
public sealed record SplitTopic(int TopicId, int? MinClusterSize = null) : VersionOperation;
