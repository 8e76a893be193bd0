using System.Globalization;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>Chart of the topics of one text as bars; BERTopic's <c>visualize_distribution</c>.</summary>
public static class DistributionChart
{
    private const double Margin = 80;
    private const double TopMargin = 100;
    private const double TextSize = 12;

    /// <summary>Draws the chart. The same input gives the same bytes.</summary>
    /// <param name="topics">Topics of a model.</param>
    /// <param name="probabilities">Probability of each topic from 0, without the outlier topic.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <returns>An SVG document. If no topic reaches the minimum probability, it says so.</returns>
    /// <exception cref="ArgumentException">The inputs do not fit each other, or an option is out of range.</exception>
    public static string Render(IReadOnlyList<Topic> topics, IReadOnlyList<double> probabilities, DistributionChartOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(probabilities);
        Topic[] all = [.. topics.Where(topic => topic.Id >= 0).OrderBy(topic => topic.Id)];
        if (all.Length != probabilities.Count)
        {
            throw new ArgumentException(
                $"{all.Length} topics need as many probabilities; {probabilities.Count} given.", nameof(probabilities));
        }

        DistributionChartOptions settings = (options ?? new DistributionChartOptions()).Validated();
        (Topic Topic, double Probability)[] shown =
        [
            .. all
                .Select((topic, place) => (topic, probabilities[place]))
                .Where(pair => pair.Item2 > 0 && pair.Item2 >= settings.MinProbability),
        ];
        string[] labels = Array.ConvertAll(shown, pair => Label(pair.Topic));
        double left = Math.Max(
            Margin, Math.Min(settings.Width * 0.5, labels.Select(label => TextWidth.Of(label, TextSize)).DefaultIfEmpty(0).Max() + 10));
        double high = shown.Select(pair => pair.Probability).DefaultIfEmpty(1).Max();
        PlotArea area = new(
            left,
            TopMargin,
            settings.Width - left - Margin,
            settings.Height - TopMargin - Margin,
            (0, high * 1.05),
            (0, Math.Max(1, shown.Length)));

        SvgWriter svg = new(settings.Width, settings.Height, settings.Title);
        svg.Text(
            settings.Width / 2.0,
            settings.Height * 0.05,
            settings.Title,
            new SvgTextStyle(22, ChartColors.Title, "middle", SvgTextStyle.Below, Bold: true));
        var ticks = LinearTicks.For(0, area.RangeX.High, area.Width, 80);
        area.DrawVerticalGrid(svg, ticks.Values, ticks.Labels, ChartColors.WhiteTemplateGrid, ChartColors.SimpleTemplateText);
        area.DrawAxisNames(svg, "Probability", string.Empty, 0, ChartColors.SimpleTemplateText);
        if (shown.Length == 0)
        {
            string none = string.Create(
                CultureInfo.InvariantCulture, $"No topic reaches a probability of {settings.MinProbability:0.###}.");
            svg.Text(
                settings.Width / 2.0, settings.Height / 2.0, none, new SvgTextStyle(TextSize, ChartColors.SimpleTemplateText, "middle"));
        }

        // The first topic is at the bottom, as in plotly.
        for (int i = 0; i < shown.Length; i++)
        {
            double top = area.Down(i + 0.9);
            string hover = string.Create(CultureInfo.InvariantCulture, $"{shown[i].Topic.Name}: {shown[i].Probability:0.######}");
            SvgBox box = new(area.X, top, area.Across(shown[i].Probability) - area.X, area.Down(i + 0.1) - top);
            svg.Rectangle(box, "#C8D2D7", new SvgStroke("#6E8484"), hover);
            svg.Text(
                area.X - 6,
                area.Down(i + 0.5),
                TextWidth.Fit(labels[i], TextSize, left - 10),
                new SvgTextStyle(TextSize, ChartColors.SimpleTemplateText, "end"),
                shown[i].Topic.Name);
        }

        return svg.Finish();
    }

    /// <summary>Returns topic and five words within 40 characters, seven of which BERTopic uses for markup.</summary>
    private static string Label(Topic topic)
    {
        string words = string.Join('_', topic.Words.Take(5).Select(word => word.Term));
        return SvgText.Cut(string.Create(CultureInfo.InvariantCulture, $"Topic {topic.Id}: {words}"), 33, "...");
    }
}
