namespace TopicGrpc.Engine.Topics;

/// <summary>A topic and how near a text is to it.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Similarity">Cosine of the text's vector with the topic's mean vector.</param>
public sealed record TopicSimilarity(Topic Topic, double Similarity);
