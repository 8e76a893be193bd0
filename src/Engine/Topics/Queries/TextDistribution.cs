namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>Distribution of a text over topics.</summary>
/// <param name="Topics">Share of each topic by id; the sum is 1. All 0 if no topic is similar enough.</param>
/// <param name="Tokens">Words of the text as written; empty unless requested.</param>
/// <param name="TokenTopics">Tokens × topics, row by row: accumulated similarity of each word; empty unless requested.</param>
public sealed record TextDistribution(double[] Topics, IReadOnlyList<string> Tokens, double[] TokenTopics);
