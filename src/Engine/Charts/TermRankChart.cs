using System.Globalization;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>Chart of the decline of word scores by rank; BERTopic's <c>visualize_term_rank</c>.</summary>
public static class TermRankChart
{
    private const double Margin = 80;
    private const double TopMargin = 100;

    /// <summary>Renders the chart. The same topics and options give the same bytes.</summary>
    /// <param name="topics">Topics of a model.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <returns>An SVG document.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static string Render(IReadOnlyList<Topic> topics, TermRankOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(topics);
        TermRankOptions settings = (options ?? new TermRankOptions()).Validated();
        IReadOnlyList<TermRankLine> lines = TermRankLine.Of(topics, settings);
        int ranks = lines.Select(line => line.Scores.Length).DefaultIfEmpty(1).Max();
        PlotArea area = new(
            Margin, TopMargin, settings.Width - (2 * Margin), settings.Height - TopMargin - Margin, (0, ranks), Range(lines));

        SvgWriter svg = new(settings.Width, settings.Height, settings.Title);
        svg.Text(
            settings.Width / 2.0,
            settings.Height * 0.1,
            settings.Title,
            new SvgTextStyle(22, ChartColors.Title, "middle", SvgTextStyle.Below, Bold: true));
        DrawGrid(svg, area, ranks);
        area.DrawAxisNames(
            svg, "Term Rank", settings.Logarithmic ? "c-TF-IDF score (log scale)" : "c-TF-IDF score", 52, ChartColors.WhiteTemplateText);
        foreach (TermRankLine line in lines.OrderBy(line => line.Highlighted))
        {
            double[] points = new double[2 * line.Scores.Length];
            for (int i = 0; i < line.Scores.Length; i++)
            {
                points[2 * i] = area.Across(i + 1);
                points[(2 * i) + 1] = area.Down(line.Scores[i]);
            }

            svg.Polyline(points, line.Highlighted ? "#FF0000" : "#000000", 1.5, line.Highlighted ? 1 : 0.1, line.Hover);
        }

        return svg.Finish();
    }

    private static (double Low, double High) Range(IReadOnlyList<TermRankLine> lines)
    {
        double low = lines.SelectMany(line => line.Scores).DefaultIfEmpty(0).Min();
        double high = lines.SelectMany(line => line.Scores).DefaultIfEmpty(1).Max();
        double air = high > low ? (high - low) / 18 : 1;
        return (low - air, high + air);
    }

    private static void DrawGrid(SvgWriter svg, in PlotArea area, int ranks)
    {
        double[] odd = [.. Enumerable.Range(1, ranks).Where(rank => rank % 2 == 1).Select(rank => (double)rank)];
        area.DrawVerticalGrid(
            svg,
            odd,
            Array.ConvertAll(odd, rank => rank.ToString("0", CultureInfo.InvariantCulture)),
            ChartColors.WhiteTemplateGrid,
            ChartColors.WhiteTemplateText);
        var ticks = LinearTicks.For(area.RangeY.Low, area.RangeY.High, area.Height, 40);
        area.DrawHorizontalGrid(svg, ticks.Values, ticks.Labels, ChartColors.WhiteTemplateGrid, ChartColors.WhiteTemplateText);
    }
}
