namespace TopicGrpc.Client.Topics;

/// <summary>A topic found by a search.</summary>
/// <param name="Topic">The topic, without its representative documents.</param>
/// <param name="Similarity">Cosine similarity of query and topic, −1 to 1.</param>
public sealed record TopicHit(TopicInfo Topic, double Similarity);
