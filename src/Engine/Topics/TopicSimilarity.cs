namespace TopicGrpc.Engine.Topics;

/// <summary>A topic and its similarity to a text.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Similarity">Cosine of the text's embedding with the topic centroid.</param>
public sealed record TopicSimilarity(Topic Topic, double Similarity);
