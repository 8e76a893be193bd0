using System.Globalization;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Queries;

namespace TopicGrpc.Engine.Charts;

/// <summary>
/// How often topics occur in each class of documents, as bars; BERTopic's <c>visualize_topics_per_class</c>. A picture has
/// no legend to click, so that all topics chosen are drawn beside each other, where the reference hides all but the first.
/// </summary>
public static class TopicsPerClassChart
{
    private const double Margin = 80;
    private const double TopMargin = 100;
    private const double WidestClass = 220;
    private const double TextSize = 12;

    /// <summary>Draws the chart. The same input gives the same bytes.</summary>
    /// <param name="topics">Topics of a model.</param>
    /// <param name="slices">Topics in each class; <see cref="TopicQueries.PerClass"/>.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <returns>An SVG document.</returns>
    /// <exception cref="ArgumentException">A topic asked for is not in the model, or an option is out of range.</exception>
    public static string Render(IReadOnlyList<Topic> topics, IReadOnlyList<ClassSlice> slices, TopicsPerClassChartOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(slices);
        TopicsPerClassChartOptions settings = (options ?? new TopicsPerClassChartOptions()).Validated();
        Topic[] shown = [.. TopicSelection.Select(topics, settings.TopicIds, settings.LargestTopics).OrderBy(topic => topic.Id)];
        double[][] values = Array.ConvertAll(shown, topic => Values(topic, slices, settings.NormalizeFrequency));
        LegendEntry[] entries = [.. shown.Select((topic, place) => new LegendEntry(TopicLabel.Legend(topic), ChartColors.Line(place)))];
        var legend = ChartLegend.For(entries, settings.Height - TopMargin - Margin, settings.Width * 0.4);
        double names = slices.Select(slice => TextWidth.Of(slice.Class, TextSize)).DefaultIfEmpty(0).Max();
        double left = Math.Max(Margin, Math.Min(WidestClass, names) + 40);
        double plotWidth = legend.Width > 0 ? (settings.Width - left - legend.Width) / 1.02 : settings.Width - left - Margin;
        double high = values.SelectMany(row => row).DefaultIfEmpty(0).Max();
        PlotArea area = new(
            left,
            TopMargin,
            plotWidth,
            settings.Height - TopMargin - Margin,
            (0, high > 0 ? high * 1.05 : 1),
            (0, Math.Max(1, slices.Count)));

        SvgWriter svg = new(settings.Width, settings.Height, settings.Title);
        svg.Text(
            settings.Width * 0.4,
            settings.Height * 0.05,
            settings.Title,
            new SvgTextStyle(22, ChartColors.Title, "middle", SvgTextStyle.Below, Bold: true));
        var ticks = LinearTicks.For(area.RangeX.Low, area.RangeX.High, area.Width, 80);
        area.DrawVerticalGrid(svg, ticks.Values, ticks.Labels, ChartColors.WhiteTemplateGrid, ChartColors.SimpleTemplateText);
        area.DrawAxisNames(svg, Frequencies.AxisName(settings.NormalizeFrequency), "Class", left - 20, ChartColors.SimpleTemplateText);
        for (int place = 0; place < slices.Count; place++)
        {
            DrawClass(svg, area, slices[place], place, shown, values);
        }

        svg.Text(
            left + (1.02 * plotWidth),
            TopMargin - 8,
            "Global Topic Representation",
            new SvgTextStyle(TextSize, ChartColors.SimpleTemplateText, BaselineShift: SvgTextStyle.Above, Bold: true));
        legend.Draw(svg, left + (1.02 * plotWidth), TopMargin);
        return svg.Finish();
    }

    private static double[] Values(Topic topic, IReadOnlyList<ClassSlice> slices, bool normalized)
    {
        double[] values =
        [
            .. slices.Select(slice => (double)(slice.Topics.FirstOrDefault(part => part.TopicId == topic.Id)?.Frequency ?? 0)),
        ];
        return Frequencies.Scale(values, normalized);
    }

    /// <summary>
    /// The bars of one class from the bottom up: the first class lowest, as plotly draws categories, its first topic on top.
    /// </summary>
    private static void DrawClass(SvgWriter svg, in PlotArea area, ClassSlice slice, int place, Topic[] shown, double[][] values)
    {
        string name = TextWidth.Fit(slice.Class, TextSize, area.X - 40);
        svg.Text(
            area.X - 6,
            area.Down(place + 0.5),
            name,
            new SvgTextStyle(TextSize, ChartColors.SimpleTemplateText, "end"),
            name == slice.Class ? null : slice.Class);
        double slot = 0.8 / Math.Max(1, shown.Length);
        for (int topic = 0; topic < shown.Length; topic++)
        {
            double value = values[topic][place];
            if (value > 0)
            {
                TopicSlice part = slice.Topics.First(part => part.TopicId == shown[topic].Id);
                double top = area.Down(place + 0.9 - (topic * slot));
                string hover = string.Create(CultureInfo.InvariantCulture, $"{slice.Class}, {part.Frequency}\n{TimeLine.Hover(part)}");
                SvgBox box = new(area.X, top, area.Across(value) - area.X, area.Down(place + 0.9 - ((topic + 1) * slot)) - top);
                svg.Rectangle(box, ChartColors.Line(topic), hover: hover);
            }
        }
    }
}
