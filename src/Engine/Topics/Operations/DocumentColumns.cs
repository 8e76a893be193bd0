namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>Documents of a model in ascending order of their ids.</summary>
/// <param name="Ids">Ids.</param>
/// <param name="Assignments">Topic of each.</param>
/// <param name="Strengths">Cluster strength of each.</param>
internal sealed record DocumentColumns(string[] Ids, int[] Assignments, double[] Strengths);
