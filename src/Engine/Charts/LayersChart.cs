using System.Globalization;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>
/// Layers of a model as nested bars: one column per layer, the coarsest on the left, and each topic beside its parent. Heights are
/// proportional to the number of documents. Finer layers with more than 200 topics are omitted.
/// </summary>
public static class LayersChart
{
    private const double Margin = 20;
    private const double TopMargin = 90;
    private const double LeastHeight = 400;
    private const double HeightPerTopic = 14;
    private const double FontSize = 10;
    private const double CoarsestOpacity = 0.9;
    private const double FinestOpacity = 0.45;

    /// <summary>Renders the chart. The same model and options give the same bytes.</summary>
    /// <param name="model">Model with layers.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <returns>An SVG document.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="InvalidOperationException">The model has no layers.</exception>
    public static string Render(TopicModel model, LayersChartOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        LayersChartOptions settings = (options ?? new LayersChartOptions()).Validated();
        TopicLayers layers = model.Layers ?? throw new InvalidOperationException("The model has no layers.");
        var plan = LayersChartPlan.Of(model, layers);
        double needed = TopMargin + Margin + (HeightPerTopic * plan.FinestTopics);
        double height = settings.Height ?? Math.Clamp(needed, LeastHeight, ChartSize.Most);
        double column = (settings.Width - (2 * Margin)) / plan.Columns;
        double scale = (height - TopMargin - Margin) / Math.Max(1, plan.Total);
        SvgWriter svg = new(settings.Width, height, settings.Title);
        svg.Text(settings.Width / 2.0, TopMargin / 2.5, settings.Title, new SvgTextStyle(22, ChartColors.Title, "middle"));
        foreach (LayersChartBar first in plan.Bars.DistinctBy(static bar => bar.Column))
        {
            svg.Text(
                Margin + ((first.Column + 0.5) * column),
                TopMargin - 14,
                first.Layer,
                new SvgTextStyle(12, ChartColors.WhiteTemplateText, "middle"));
        }

        foreach (LayersChartBar bar in plan.Bars)
        {
            SvgBox box = new(Margin + (bar.Column * column), TopMargin + (bar.Start * scale), column, bar.Length * scale);
            Draw(svg, bar, box, plan.Columns);
        }

        return svg.Finish();
    }

    private static void Draw(SvgWriter svg, LayersChartBar bar, SvgBox box, int columns)
    {
        double share = columns > 1 ? bar.Column / (columns - 1.0) : 0;
        svg.BeginGroup(ChartColors.Trace(bar.Color), CoarsestOpacity + ((FinestOpacity - CoarsestOpacity) * share));
        string hover = string.Create(CultureInfo.InvariantCulture, $"{bar.Name} ({bar.Layer}, {bar.Length:0} documents)");
        svg.Rectangle(box, ChartColors.Trace(bar.Color), new SvgStroke("#FFFFFF", 1), hover);
        svg.EndGroup();
        if (box.Height >= FontSize + 2)
        {
            string name = TextWidth.Fit(bar.Name, FontSize, box.Width - 8);
            svg.Text(box.X + 4, box.Y + (box.Height / 2), name, new SvgTextStyle(FontSize, ChartColors.Title));
        }
    }
}
