namespace TopicGrpc.Engine.Charts;

/// <summary>How a line of text is drawn.</summary>
/// <param name="Size">Font size in pixels.</param>
/// <param name="Color">Fill.</param>
/// <param name="Anchor">Which end of the text stands at x: <c>start</c>, <c>middle</c>, <c>end</c>.</param>
/// <param name="BaselineShift">How far the baseline stands below y, as a share of the size: <see cref="Above"/>, <see cref="Centered"/>, <see cref="Below"/>.</param>
/// <param name="Bold">Bold face.</param>
/// <param name="Halo">White outline, for text over points.</param>
/// <param name="Rotation">Degrees clockwise round (x, y).</param>
internal readonly record struct SvgTextStyle(
    double Size,
    string Color,
    string Anchor = "start",
    double BaselineShift = SvgTextStyle.Centered,
    bool Bold = false,
    bool Halo = false,
    double Rotation = 0)
{
    /// <summary>The text stands on y.</summary>
    public const double Above = -0.25;

    /// <summary>y runs through the middle of the text.</summary>
    public const double Centered = 0.35;

    /// <summary>The text hangs from y.</summary>
    public const double Below = 1.0;
}
