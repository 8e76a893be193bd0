using TopicGrpc.Engine.Topics.Recognition;

namespace TopicGrpc.Engine.Topics;

/// <summary>How <see cref="TopicModel.Answer(ReadOnlySpan{float}, TopicQuestion)"/> finds the topic of an embedding.</summary>
/// <param name="ByCentroid">Whether to compare with centroids instead of placing the text in the layout.</param>
/// <param name="AllTopics">Whether to compute the probabilities of all topics.</param>
/// <param name="Text">Fingerprint of the text; null if only the embedding is known.</param>
/// <param name="AsNew">Whether to ignore that the text is that of a training document.</param>
public readonly record struct TopicQuestion(bool ByCentroid, bool AllTopics, TextFingerprint? Text, bool AsNew = false);
