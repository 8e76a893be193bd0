namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>Documents of a model by id, ascending.</summary>
/// <param name="Ids">Ids.</param>
/// <param name="Assignments">Topic of each.</param>
/// <param name="Strengths">Strength of each.</param>
internal sealed record DocumentColumns(string[] Ids, int[] Assignments, double[] Strengths);
