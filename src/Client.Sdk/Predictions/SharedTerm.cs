namespace TopicGrpc.Client.Predictions;

/// <summary>A term in both a text and a topic.</summary>
/// <param name="Term">The term.</param>
/// <param name="TextWeight">Its weight in the text.</param>
/// <param name="TopicWeight">Its weight in the topic.</param>
/// <param name="Contribution">Contribution to the cosine similarity of their term weights.</param>
public sealed record SharedTerm(string Term, double TextWeight, double TopicWeight, double Contribution);
