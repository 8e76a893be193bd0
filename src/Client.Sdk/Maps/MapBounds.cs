namespace TopicGrpc.Client.Maps;

/// <summary>Rectangle of all points of a map, in the units of the layout.</summary>
/// <param name="MinX">Least first coordinate.</param>
/// <param name="MaxX">Largest first coordinate.</param>
/// <param name="MinY">Least second coordinate.</param>
/// <param name="MaxY">Largest second coordinate.</param>
public sealed record MapBounds(double MinX, double MaxX, double MinY, double MaxY);
