namespace TopicGrpc.Engine.Charts;

/// <summary>The documents of one color on a map.</summary>
/// <param name="Name">What the legend says.</param>
/// <param name="Color">Fill of the points.</param>
/// <param name="Rows">Rows drawn.</param>
/// <param name="MeanX">Mean of their first coordinate; NaN without rows.</param>
/// <param name="MeanY">Mean of their second coordinate.</param>
internal sealed record DocumentTrace(string Name, string Color, int[] Rows, double MeanX, double MeanY);
