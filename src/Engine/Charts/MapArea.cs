namespace TopicGrpc.Engine.Charts;

/// <summary>Area of a map, with the cross that marks its center.</summary>
/// <param name="X">Left edge in pixels.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
/// <param name="RangeX">Range of the first coordinate.</param>
/// <param name="RangeY">Range of the second coordinate, upwards.</param>
internal readonly record struct MapArea(
    double X,
    double Y,
    double Width,
    double Height,
    (float Low, float High) RangeX,
    (float Low, float High) RangeY)
{
    private const double NameSize = 12;
    private const double NameLine = NameSize + 3;
    private const int FarthestLine = 20;

    public double Across(double x) => X + ((x - RangeX.Low) / ((double)RangeX.High - RangeX.Low) * Width);

    public double Down(double y) => Y + (((double)RangeY.High - y) / ((double)RangeY.High - RangeY.Low) * Height);

    public void DrawCross(SvgWriter svg)
    {
        double middle = X + (Width / 2);
        double center = Y + (Height / 2);
        svg.Line(middle, Y, middle, Y + Height, ChartColors.VerticalCross, 2);
        svg.Line(X, center, X + Width, center, ChartColors.HorizontalCross, 2);
    }

    public void DrawCrossNames(SvgWriter svg)
    {
        svg.Text(X, Y + (Height / 2) - 10, "D1", new SvgTextStyle(NameSize, ChartColors.SimpleTemplateText, Halo: true));
        svg.Text(
            X + (Width / 2) + 10,
            Y,
            "D2",
            new SvgTextStyle(NameSize, ChartColors.SimpleTemplateText, "middle", SvgTextStyle.Below, Halo: true));
    }

    /// <summary>
    /// Draws the names of the traces at their means. A name that would cover an earlier one moves to the nearest free line
    /// and is connected to its mean by a thin line.
    /// </summary>
    public void DrawNames(SvgWriter svg, IReadOnlyList<DocumentTrace> traces)
    {
        List<(double X, double Y, double Half)> taken = [];
        foreach (DocumentTrace trace in traces)
        {
            if (trace.Rows.Length == 0)
            {
                continue;
            }

            double half = TextWidth.Of(trace.Name, NameSize) / 2;
            double x = Math.Clamp(Across(trace.MeanX), Math.Min(half, X + Width), Math.Max(half, X + Width - half));
            double mean = Down(trace.MeanY);
            double y = FreeLine(taken, x, mean, half);
            if (Math.Abs(y - mean) > NameLine)
            {
                svg.Line(x, mean, x, y, ChartColors.HorizontalCross, 0.5);
            }

            taken.Add((x, y, half));
            svg.Text(x, y, trace.Name, new SvgTextStyle(NameSize, ChartColors.SimpleTemplateText, "middle", Halo: true));
        }
    }

    private double FreeLine(List<(double X, double Y, double Half)> taken, double x, double mean, double half)
    {
        for (int step = 0; step <= 2 * FarthestLine; step++)
        {
            // Below, above, two below, two above, …
            double y = mean + ((step + 1) / 2 * (step % 2 == 1 ? NameLine : -NameLine));
            bool inside = y >= Y && y <= Y + Height;
            if (inside && !taken.Exists(name => Math.Abs(name.Y - y) < NameLine && Math.Abs(name.X - x) < name.Half + half))
            {
                return y;
            }
        }

        // A distant name would be misleading; overlapping names are the lesser problem.
        return mean;
    }
}
