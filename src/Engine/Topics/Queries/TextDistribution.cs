namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>How a text spreads over topics.</summary>
/// <param name="Topics">Share of each topic by id, adding up to 1; all 0 where nothing is similar enough.</param>
/// <param name="Tokens">Words of the text as written; empty unless asked for.</param>
/// <param name="TokenTopics">Tokens × topics: similarity that each word gathered, row after row; empty unless asked for.</param>
public sealed record TextDistribution(double[] Topics, IReadOnlyList<string> Tokens, double[] TokenTopics);
