namespace TopicGrpc.Client.Topics;

/// <summary>A word of a topic.</summary>
/// <param name="Term">The word, or several joined by spaces.</param>
/// <param name="Score">Its weight in the topic.</param>
public readonly record struct TopicWord(string Term, double Score);
