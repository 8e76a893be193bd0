namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>One merge in the hierarchy of topics; a row of BERTopic's <c>hierarchical_topics</c>.</summary>
/// <param name="ParentId">Number of the merged topic: k for the first merge of k topics, then k + 1.</param>
/// <param name="ParentName">Its five best words, joined by low lines.</param>
/// <param name="Topics">Topics below, ascending.</param>
/// <param name="LeftId">One child: a topic, or an earlier merge.</param>
/// <param name="LeftName">Its five best words.</param>
/// <param name="RightId">The other child.</param>
/// <param name="RightName">Its five best words.</param>
/// <param name="Distance">Height of the merge.</param>
public sealed record HierarchyMerge(
    int ParentId,
    string ParentName,
    IReadOnlyList<int> Topics,
    int LeftId,
    string LeftName,
    int RightId,
    string RightName,
    double Distance);
