using System.Globalization;
using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Charts;

/// <summary>
/// Chart of the sizes of the smallest cluster that an automatic fit tried: the agreement between layouts above, the number of topics below,
/// both over the logarithm of the size. The chosen size is filled; sizes that are not eligible are gray.
/// </summary>
public static class ResolutionChart
{
    private const double Margin = 80;
    private const double TopMargin = 70;
    private const double Gap = 50;
    private const double Radius = 5;
    private const double Tick = 40;
    private const string Curve = "#1F77B4";
    private const string Ineligible = "#BBBBBB";

    /// <summary>Renders the chart. The same points and options give the same bytes.</summary>
    /// <param name="points">Tried sizes, ascending; at least one.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <returns>An SVG document.</returns>
    /// <exception cref="ArgumentException">There are no points, or an option is out of range.</exception>
    public static string Render(IReadOnlyList<ResolutionPoint> points, ResolutionChartOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count == 0)
        {
            throw new ArgumentException("The fit tried no sizes.", nameof(points));
        }

        ResolutionChartOptions settings = (options ?? new ResolutionChartOptions()).Validated();
        SvgWriter svg = new(settings.Width, settings.Height, settings.Title);
        svg.Text(
            settings.Width / 2.0,
            TopMargin / 2,
            settings.Title,
            new SvgTextStyle(18, ChartColors.Title, "middle", SvgTextStyle.Below, Bold: true));
        double height = (settings.Height - TopMargin - Margin - Gap) / 2;
        (double Low, double High) across = Padded(
            Math.Log10(points[0].MinClusterSize), Math.Log10(points[^1].MinClusterSize));
        PlotArea above = new(Margin, TopMargin, settings.Width - (2 * Margin), height, across, Range(points, Agreement));
        PlotArea below = new(Margin, TopMargin + height + Gap, settings.Width - (2 * Margin), height, across, Range(points, Topics));
        Draw(svg, above, points, Agreement, static value => value.ToString("0.00", CultureInfo.InvariantCulture));
        Draw(svg, below, points, Topics, static value => Math.Pow(10, value).ToString("0", CultureInfo.InvariantCulture));
        above.DrawAxisNames(svg, string.Empty, "agreement", 52, ChartColors.WhiteTemplateText);
        below.DrawAxisNames(svg, "size of the smallest cluster (log scale)", "topics (log scale)", 52, ChartColors.WhiteTemplateText);
        return svg.Finish();
    }

    private static double Agreement(ResolutionPoint point) => point.Agreement;

    private static double Topics(ResolutionPoint point) => Math.Log10(Math.Max(1, point.Topics));

    private static (double Low, double High) Range(IReadOnlyList<ResolutionPoint> points, Func<ResolutionPoint, double> value) =>
        Padded(points.Min(value), points.Max(value));

    private static (double Low, double High) Padded(double low, double high)
    {
        double air = high > low ? (high - low) / 18 : 1;
        return (low - air, high + air);
    }

    private static void Draw(
        SvgWriter svg,
        in PlotArea area,
        IReadOnlyList<ResolutionPoint> points,
        Func<ResolutionPoint, double> value,
        Func<double, string> label)
    {
        double[] sizes = [.. points.Where((_, i) => i % 2 == 0).Select(static point => Math.Log10(point.MinClusterSize))];
        string[] names =
        [
            .. points.Where((_, i) => i % 2 == 0).Select(static point => point.MinClusterSize.ToString(CultureInfo.InvariantCulture)),
        ];
        area.DrawVerticalGrid(svg, sizes, names, ChartColors.WhiteTemplateGrid, ChartColors.WhiteTemplateText);
        double[] ticks = LinearTicks.For(area.RangeY.Low, area.RangeY.High, area.Height, Tick).Values;
        area.DrawHorizontalGrid(
            svg, ticks, Array.ConvertAll(ticks, tick => label(tick)), ChartColors.WhiteTemplateGrid, ChartColors.WhiteTemplateText);
        double[] line = new double[2 * points.Count];
        for (int i = 0; i < points.Count; i++)
        {
            line[2 * i] = area.Across(Math.Log10(points[i].MinClusterSize));
            line[(2 * i) + 1] = area.Down(value(points[i]));
        }

        svg.Polyline(line, Curve, 1.5);
        for (int i = 0; i < points.Count; i++)
        {
            ResolutionPoint point = points[i];
            string color = point.Eligible ? Curve : Ineligible;
            svg.Circle(
                line[2 * i], line[(2 * i) + 1], Radius, Hover(point), point.Chosen ? color : "#FFFFFF", new SvgStroke(color, 1.5));
        }
    }

    private static string Hover(ResolutionPoint point) => string.Create(
        CultureInfo.InvariantCulture,
        $"min_cluster_size {point.MinClusterSize}: {point.Topics} topics, {point.Outliers} outliers, agreement {point.Agreement:F3}"
        + $"{(point.Chosen ? ", chosen" : string.Empty)}{(point.Eligible ? string.Empty : ", not eligible")}");
}
