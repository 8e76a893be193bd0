namespace TopicGrpc.Engine.Topics;

/// <summary>A word of a topic.</summary>
/// <param name="Term">The word, or several joined by spaces; empty where a topic has too few words.</param>
/// <param name="Score">Its c-TF-IDF weight, or the score of the representation that chose it.</param>
public readonly record struct TopicWord(string Term, double Score);
