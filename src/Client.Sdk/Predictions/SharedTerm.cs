namespace TopicGrpc.Client.Predictions;

/// <summary>A term that a text and a topic share.</summary>
/// <param name="Term">The term.</param>
/// <param name="TextWeight">Its weight in the text.</param>
/// <param name="TopicWeight">Its weight in the topic.</param>
/// <param name="Contribution">Its part of the cosine between the words of both.</param>
public sealed record SharedTerm(string Term, double TextWeight, double TopicWeight, double Contribution);
