namespace TopicGrpc.Engine.Neighbors;

/// <summary>Properties of a query that the bounds of <see cref="CoarseRows"/> use.</summary>
/// <param name="Step">Value of one code unit.</param>
/// <param name="Length">Length of the query's coordinates.</param>
/// <param name="Rest">Length of the query's remainder.</param>
/// <param name="Slack">Margin for the quantization of the query and for arithmetic rounding.</param>
internal readonly record struct CoarseQuery(float Step, float Length, float Rest, float Slack);
