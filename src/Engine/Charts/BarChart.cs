using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>Bar chart of the words of the largest topics; BERTopic's <c>visualize_barchart</c>.</summary>
public static class BarChart
{
    private const double Margin = 80;
    private const double TopMargin = 100;
    private const double WidestLabel = 220;

    /// <summary>Renders the chart. The same topics and options give the same bytes.</summary>
    /// <param name="topics">Topics of a model.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <returns>An SVG document.</returns>
    /// <exception cref="ArgumentException">A requested topic is not in <paramref name="topics"/>, or an option is out of range.</exception>
    public static string Render(IReadOnlyList<Topic> topics, BarChartOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(topics);
        BarChartOptions settings = (options ?? new BarChartOptions()).Validated();
        var plan = BarChartPlan.Of(topics, settings);
        SvgWriter svg = new(plan.Width, plan.Height, settings.Title);
        svg.Text(plan.Width / 2.0, TopMargin / 2, settings.Title, new SvgTextStyle(22, ChartColors.Title, "middle"));
        if (plan.Cells.Count == 0)
        {
            svg.Text(
                plan.Width / 2.0,
                plan.Height / 2.0,
                "The model has no topics.",
                new SvgTextStyle(12, ChartColors.WhiteTemplateText, "middle"));
        }

        // As Plotly's automargin: only words of the first column extend the left margin.
        double widest = plan.Cells.Where(cell => cell.Left == 0)
            .SelectMany(cell => cell.Words)
            .Select(word => TextWidth.Of(word, plan.FontSize))
            .DefaultIfEmpty(0)
            .Max();
        double left = Math.Max(Margin, Math.Min(WidestLabel, widest) + 6);
        double plotWidth = plan.Width - left - Margin;
        double plotHeight = plan.Height - TopMargin - Margin;
        foreach (BarChartCell cell in plan.Cells)
        {
            // Words of inner columns use the gap between two cells, minus padding.
            double labelWidth = cell.Left == 0 ? left - 6 : (0.1 * plotWidth) - 4;
            BarChartArea area = new(
                left + (cell.Left * plotWidth),
                TopMargin + ((1 - cell.Top) * plotHeight),
                (cell.Right - cell.Left) * plotWidth,
                (cell.Top - cell.Bottom) * plotHeight,
                labelWidth);
            area.Draw(svg, cell, plan.FontSize);
        }

        return svg.Finish();
    }
}
