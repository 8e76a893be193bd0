namespace TopicGrpc.Engine.Charts;

/// <summary>Style of a line of text.</summary>
/// <param name="Size">Font size in pixels.</param>
/// <param name="Color">Fill color.</param>
/// <param name="Anchor">Text anchor at x: <c>start</c>, <c>middle</c> or <c>end</c>.</param>
/// <param name="BaselineShift">
/// Offset of the baseline below y, relative to the font size: <see cref="Above"/>, <see cref="Centered"/> or
/// <see cref="Below"/>.
/// </param>
/// <param name="Bold">True for bold text.</param>
/// <param name="Halo">True for a white outline, for text over points.</param>
/// <param name="Rotation">Rotation in degrees, clockwise around (x, y).</param>
internal readonly record struct SvgTextStyle(
    double Size,
    string Color,
    string Anchor = "start",
    double BaselineShift = SvgTextStyle.Centered,
    bool Bold = false,
    bool Halo = false,
    double Rotation = 0)
{
    /// <summary>The text is above y.</summary>
    public const double Above = -0.25;

    /// <summary>The text is vertically centered on y.</summary>
    public const double Centered = 0.35;

    /// <summary>The text is below y.</summary>
    public const double Below = 1.0;
}
