namespace TopicGrpc.Client.Topics;

/// <summary>A training document and its topic.</summary>
/// <param name="DocumentId">Its id in the corpus.</param>
/// <param name="TopicId">Its topic; −1 for an outlier.</param>
/// <param name="Probability">Strength of the assignment, 0 to 1.</param>
/// <param name="IsRepresentative">Whether it is one of the topic's representative documents.</param>
public sealed record DocumentTopic(string DocumentId, int TopicId, double Probability, bool IsRepresentative);
