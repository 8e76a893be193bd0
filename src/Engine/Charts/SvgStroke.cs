namespace TopicGrpc.Engine.Charts;

/// <summary>Outline of a shape.</summary>
/// <param name="Color">Color as <c>#RRGGBB</c>.</param>
/// <param name="Width">Width in pixels.</param>
internal readonly record struct SvgStroke(string Color, double Width = 1);
