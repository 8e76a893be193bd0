namespace TopicGrpc.Engine.Charts;

/// <summary>Documents of one color on a map.</summary>
/// <param name="Name">Legend text.</param>
/// <param name="Color">Fill color of the points.</param>
/// <param name="Rows">Rows to draw.</param>
/// <param name="MeanX">Mean of the first coordinate; NaN without rows.</param>
/// <param name="MeanY">Mean of the second coordinate.</param>
internal sealed record DocumentTrace(string Name, string Color, int[] Rows, double MeanX, double MeanY);
