namespace TopicGrpc.Engine.Topics;

/// <summary>A word of a topic.</summary>
/// <param name="Term">One word, or several joined by spaces; empty if the topic has too few words.</param>
/// <param name="Score">c-TF-IDF weight, or the score of the representation that chose the word.</param>
public readonly record struct TopicWord(string Term, double Score);
