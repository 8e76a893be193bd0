namespace TopicGrpc.Engine.Charts;

/// <summary>Position and size of a rectangle in pixels.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
internal readonly record struct SvgBox(double X, double Y, double Width, double Height);
