using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>Map of documents with the largest topics in color, as vector graphics; BERTopic's <c>visualize_documents</c>.</summary>
public static class DocumentChart
{
    private const double Margin = 80;
    private const double TopMargin = 100;

    /// <summary>Renders the chart. The same input gives the same bytes.</summary>
    /// <param name="topics">Topics of a model.</param>
    /// <param name="labels">Topic of each document.</param>
    /// <param name="points">Position of each document, n × 2, finite.</param>
    /// <param name="texts">Text of each document, shown as hover text; null for none.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <returns>An SVG document.</returns>
    /// <exception cref="ArgumentException">The shapes of the inputs contradict each other, or an option is out of range.</exception>
    public static string Render(
        IReadOnlyList<Topic> topics,
        ReadOnlySpan<int> labels,
        Matrix points,
        IReadOnlyList<string>? texts,
        DocumentChartOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(points);
        if (points.Columns != 2 || points.Rows != labels.Length)
        {
            throw new ArgumentException(
                $"{labels.Length} × 2 points expected, but the shape is {points.Rows} × {points.Columns}.", nameof(points));
        }

        if (texts is not null && texts.Count != labels.Length)
        {
            throw new ArgumentException($"{labels.Length} texts expected, but there are {texts.Count}.", nameof(texts));
        }

        DocumentChartOptions settings = (options ?? new DocumentChartOptions()).Validated();
        var plan = DocumentChartPlan.Of(topics, labels, points, settings);
        var legend = ChartLegend.For(
            [.. plan.Traces.Select(trace => new LegendEntry(trace.Name, trace.Color))],
            settings.Height - TopMargin - Margin,
            settings.Width * 0.4);
        double plotWidth = legend.Width > 0 ? (settings.Width - Margin - legend.Width) / 1.02 : settings.Width - (2 * Margin);
        MapArea area = new(Margin, TopMargin, plotWidth, settings.Height - TopMargin - Margin, plan.X, plan.Y);

        SvgWriter svg = new(settings.Width, settings.Height, settings.Title);
        area.DrawCross(svg);
        IReadOnlyList<string>? hover = settings.HideDocumentHover ? null : texts;
        DrawPoints(svg, area, plan.Other, points, hover, settings);
        foreach (DocumentTrace trace in plan.Traces)
        {
            DrawPoints(svg, area, trace, points, hover, settings);
        }

        if (!settings.HideAnnotations)
        {
            area.DrawNames(svg, plan.Traces);
        }

        area.DrawCrossNames(svg);
        legend.Draw(svg, Margin + (1.02 * plotWidth), TopMargin);
        svg.Text(settings.Width / 2.0, TopMargin / 2, settings.Title, new SvgTextStyle(22, ChartColors.Title, "middle", Bold: true));
        return svg.Finish();
    }

    private static void DrawPoints(
        SvgWriter svg,
        in MapArea area,
        DocumentTrace trace,
        Matrix points,
        IReadOnlyList<string>? texts,
        DocumentChartOptions options)
    {
        if (trace.Rows.Length == 0)
        {
            return;
        }

        svg.BeginGroup(trace.Color, 0.5);
        foreach (int row in trace.Rows)
        {
            ReadOnlySpan<float> point = points.Row(row);
            string? hover = texts is null ? null : SvgText.Cut(texts[row], options.HoverLength, "…");
            svg.Circle(area.Across(point[0]), area.Down(point[1]), 2.5, hover);
        }

        // BERTopic draws a point at the mean below the topic name; the name alone is sufficient.
        if (trace.Name == "other" || !options.HideAnnotations)
        {
            svg.Circle(area.Across(trace.MeanX), area.Down(trace.MeanY), 2.5, trace.Name == "other" ? null : trace.Name);
        }

        svg.EndGroup();
    }
}
