using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>A map of the documents, the largest topics in color; BERTopic's <c>visualize_documents</c>, all of it vectors.</summary>
public static class DocumentChart
{
    private const double Margin = 80;
    private const double TopMargin = 100;

    /// <summary>Draws the chart. The same input gives the same bytes.</summary>
    /// <param name="topics">Topics of a model.</param>
    /// <param name="labels">Topic of each document.</param>
    /// <param name="points">Place of each document: as many rows as <paramref name="labels"/>, two columns, finite.</param>
    /// <param name="texts">Text of each document, shown when the pointer rests on it; null for none.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <returns>An SVG document.</returns>
    /// <exception cref="ArgumentException">The inputs do not fit each other, or an option is out of range.</exception>
    public static string Render(IReadOnlyList<Topic> topics, ReadOnlySpan<int> labels, Matrix points, IReadOnlyList<string>? texts, DocumentChartOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(points);
        if (points.Columns != 2 || points.Rows != labels.Length)
        {
            throw new ArgumentException($"{labels.Length} × 2 points expected, {points.Rows} × {points.Columns} given.", nameof(points));
        }

        if (texts is not null && texts.Count != labels.Length)
        {
            throw new ArgumentException($"{labels.Length} texts expected, {texts.Count} given.", nameof(texts));
        }

        DocumentChartOptions settings = (options ?? new DocumentChartOptions()).Validated();
        var plan = DocumentChartPlan.Of(topics, labels, points, settings);
        var legend = ChartLegend.For([.. plan.Traces.Select(trace => new LegendEntry(trace.Name, trace.Color))], settings.Height - TopMargin - Margin, settings.Width * 0.4);
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

    private static void DrawPoints(SvgWriter svg, in MapArea area, DocumentTrace trace, Matrix points, IReadOnlyList<string>? texts, DocumentChartOptions options)
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

        // The reference draws a point at the mean, under the topic's name; the name is all it says.
        if (trace.Name == "other" || !options.HideAnnotations)
        {
            svg.Circle(area.Across(trace.MeanX), area.Down(trace.MeanY), 2.5, trace.Name == "other" ? null : trace.Name);
        }

        svg.EndGroup();
    }
}
