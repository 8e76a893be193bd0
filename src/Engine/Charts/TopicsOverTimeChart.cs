using System.Globalization;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Queries;

namespace TopicGrpc.Engine.Charts;

/// <summary>Line chart of topic frequencies over time; BERTopic's <c>visualize_topics_over_time</c>.</summary>
public static class TopicsOverTimeChart
{
    private const double Margin = 80;
    private const double TopMargin = 100;
    private const int TimeLabels = 8;

    /// <summary>Renders the chart. The same input gives the same bytes.</summary>
    /// <param name="topics">Topics of a model.</param>
    /// <param name="slices">Topics at each point in time, ascending; see <see cref="TopicQueries.OverTime"/>.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <returns>An SVG document.</returns>
    /// <exception cref="ArgumentException">A requested topic is not in the model, or an option is out of range.</exception>
    public static string Render(IReadOnlyList<Topic> topics, IReadOnlyList<TimeSlice> slices, TopicsOverTimeChartOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(slices);
        TopicsOverTimeChartOptions settings = (options ?? new TopicsOverTimeChartOptions()).Validated();
        IReadOnlyList<TimeLine> lines = TimeLine.Of(topics, slices, settings);
        LegendEntry[] entries = [.. lines.Select((line, place) => new LegendEntry(TopicLabel.Legend(line.Topic), ChartColors.Line(place)))];
        var legend = ChartLegend.For(entries, settings.Height - TopMargin - Margin, settings.Width * 0.4);
        double plotWidth = legend.Width > 0 ? (settings.Width - Margin - legend.Width) / 1.02 : settings.Width - (2 * Margin);
        double high = lines.SelectMany(line => line.Values).DefaultIfEmpty(1).Max();
        DateTimeOffset[] times = [.. slices.Select(slice => slice.Time)];
        PlotArea area = new(Margin, TopMargin, plotWidth, settings.Height - TopMargin - Margin, Range(times), (0, high * 1.05));

        SvgWriter svg = new(settings.Width, settings.Height, settings.Title);
        svg.Text(
            settings.Width * 0.4,
            settings.Height * 0.05,
            settings.Title,
            new SvgTextStyle(22, ChartColors.Title, "middle", SvgTextStyle.Below, Bold: true));
        DrawGrid(svg, area, times);
        area.DrawAxisNames(svg, string.Empty, Frequencies.AxisName(settings.NormalizeFrequency), 52, ChartColors.SimpleTemplateText);
        for (int i = 0; i < lines.Count; i++)
        {
            DrawLine(svg, area, lines[i], ChartColors.Line(i));
        }

        svg.Text(
            Margin + (1.02 * plotWidth),
            TopMargin - 8,
            "Global Topic Representation",
            new SvgTextStyle(12, ChartColors.SimpleTemplateText, BaselineShift: SvgTextStyle.Above, Bold: true));
        legend.Draw(svg, Margin + (1.02 * plotWidth), TopMargin);
        return svg.Finish();
    }

    private static void DrawLine(SvgWriter svg, in PlotArea area, TimeLine line, string color)
    {
        double[] points = new double[2 * line.Times.Length];
        for (int i = 0; i < line.Times.Length; i++)
        {
            points[2 * i] = area.Across(line.Times[i].UtcTicks);
            points[(2 * i) + 1] = area.Down(line.Values[i]);
        }

        svg.Polyline(points, color, 2);
        for (int i = 0; i < line.Times.Length; i++)
        {
            svg.Circle(points[2 * i], points[(2 * i) + 1], 2.5, line.Hovers[i], color);
        }
    }

    /// <summary>Returns the range from the first to the last point in time; a single point is centered in a day.</summary>
    private static (double Low, double High) Range(DateTimeOffset[] times)
    {
        double low = times.Length > 0 ? times[0].UtcTicks : 0;
        double high = times.Length > 0 ? times[^1].UtcTicks : 0;
        return high > low ? (low, high) : (low - (TimeSpan.TicksPerDay / 2.0), high + (TimeSpan.TicksPerDay / 2.0));
    }

    private static void DrawGrid(SvgWriter svg, in PlotArea area, DateTimeOffset[] times)
    {
        var ticks = LinearTicks.For(area.RangeY.Low, area.RangeY.High, area.Height, 40);
        area.DrawHorizontalGrid(svg, ticks.Values, ticks.Labels, ChartColors.WhiteTemplateGrid, ChartColors.SimpleTemplateText);

        // Label at most eight existing points, so that no label is at a time without data.
        int step = Math.Max(1, (times.Length + TimeLabels - 1) / TimeLabels);
        DateTimeOffset[] labeled = [.. times.Where((_, place) => place % step == 0)];
        bool spansYears = labeled.Length > 1 && labeled[^1] - labeled[0] > TimeSpan.FromDays(365 * 4);
        string dayOrTime = labeled.All(time => time.TimeOfDay == TimeSpan.Zero) ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm";
        string format = spansYears ? "yyyy" : dayOrTime;
        area.DrawVerticalGrid(
            svg,
            Array.ConvertAll(labeled, time => (double)time.UtcTicks),
            Array.ConvertAll(labeled, time => time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture)),
            ChartColors.WhiteTemplateGrid,
            ChartColors.SimpleTemplateText);
    }
}
