namespace TopicGrpc.Client.Topics;

/// <summary>All topics of one version.</summary>
/// <param name="Model">Model.</param>
/// <param name="Version">Version.</param>
/// <param name="Topics">Topics by id, the outliers (−1) first where there are some.</param>
public sealed record TopicList(string Model, long Version, IReadOnlyList<TopicInfo> Topics);
