namespace TopicGrpc.Client.Topics;

/// <summary>A word of a topic.</summary>
/// <param name="Term">One word or an n-gram, joined by spaces.</param>
/// <param name="Score">Weight in the topic.</param>
public readonly record struct TopicWord(string Term, double Score);
