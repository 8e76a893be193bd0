namespace TopicGrpc.Engine.Charts;

/// <summary>Area of the image with two linear axes.</summary>
/// <param name="X">Left edge in pixels.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
/// <param name="RangeX">Values at the left and right edges.</param>
/// <param name="RangeY">Values at the lower and upper edges.</param>
internal readonly record struct PlotArea(
    double X,
    double Y,
    double Width,
    double Height,
    (double Low, double High) RangeX,
    (double Low, double High) RangeY)
{
    private const double TextSize = 12;

    public double Across(double x) => X + ((x - RangeX.Low) / (RangeX.High - RangeX.Low) * Width);

    public double Down(double y) => Y + ((RangeY.High - y) / (RangeY.High - RangeY.Low) * Height);

    /// <summary>Draws vertical grid lines with labels below.</summary>
    public void DrawVerticalGrid(SvgWriter svg, ReadOnlySpan<double> values, ReadOnlySpan<string> labels, string grid, string text)
    {
        for (int i = 0; i < values.Length; i++)
        {
            double x = Across(values[i]);
            svg.Line(x, Y, x, Y + Height, grid, 1);
            svg.Text(x, Y + Height + 3, labels[i], new SvgTextStyle(TextSize, text, "middle", SvgTextStyle.Below));
        }
    }

    /// <summary>Draws horizontal grid lines with labels on the left.</summary>
    public void DrawHorizontalGrid(SvgWriter svg, ReadOnlySpan<double> values, ReadOnlySpan<string> labels, string grid, string text)
    {
        for (int i = 0; i < values.Length; i++)
        {
            double y = Down(values[i]);
            svg.Line(X, y, X + Width, y, grid, 1);
            svg.Text(X - 4, y, labels[i], new SvgTextStyle(TextSize, text, "end"));
        }
    }

    /// <summary>Draws the names of the axes, below and left of their labels.</summary>
    public void DrawAxisNames(SvgWriter svg, string below, string left, double leftDistance, string text)
    {
        svg.Text(X + (Width / 2), Y + Height + 40, below, new SvgTextStyle(14, text, "middle"));
        svg.Text(X - leftDistance, Y + (Height / 2), left, new SvgTextStyle(14, text, "middle", Rotation: -90));
    }
}
