namespace TopicGrpc.Client.Topics;

/// <summary>Assignment of a training document.</summary>
/// <param name="DocumentId">Id of the document in the corpus.</param>
/// <param name="TopicId">Topic of the document; −1 for an outlier.</param>
/// <param name="Probability">Probability of the topic, 0 to 1.</param>
/// <param name="IsRepresentative">Whether the document is a representative document of the topic.</param>
public sealed record DocumentTopic(string DocumentId, int TopicId, double Probability, bool IsRepresentative);
