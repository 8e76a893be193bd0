using System.Globalization;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Numerics.Linkage;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Charts;

/// <summary>Dendrogram of topics by their term weights; BERTopic's <c>visualize_hierarchy</c>.</summary>
public static class HierarchyChart
{
    private const double Margin = 80;
    private const double TopMargin = 100;
    private const double TickSize = 12;

    /// <summary>Draws the chart. The same input gives the same bytes.</summary>
    /// <param name="topics">Topics of a model.</param>
    /// <param name="termWeights">Term weights (c-TF-IDF) of each topic, row by row.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the computation of the dendrogram.</param>
    /// <returns>An SVG document.</returns>
    /// <exception cref="ArgumentException">
    /// The inputs do not fit each other, a requested topic does not exist, or an option is out of range.
    /// </exception>
    public static string Render(
        IReadOnlyList<Topic> topics,
        CsrMatrix<double> termWeights,
        HierarchyOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(termWeights);
        if (termWeights.Rows != topics.Count)
        {
            throw new ArgumentException(
                $"{topics.Count} topics need as many rows of term weights; {termWeights.Rows} given.", nameof(termWeights));
        }

        HierarchyOptions settings = (options ?? new HierarchyOptions()).Validated();
        (HierarchyPlan plan, string[] labels) = Plan(topics, termWeights, settings, cancellationToken);
        double height = 200 + (15 * labels.Length);
        double left = Math.Max(Margin, labels.Select(label => TextWidth.Of(label, TickSize)).DefaultIfEmpty(0).Max() + 14);
        double farthest = plan.Brackets.Select(bracket => bracket.Height).DefaultIfEmpty(1).Max();
        PlotArea area = new(
            left,
            TopMargin,
            settings.Width - left - Margin,
            height - TopMargin - Margin,
            (0, farthest * 1.05),
            (-10.0 * Math.Max(1, labels.Length), 0));

        SvgWriter svg = new(settings.Width, height, settings.Title);
        svg.Text(settings.Width / 2.0, TopMargin / 2, settings.Title, new SvgTextStyle(22, ChartColors.Title, "middle", Bold: true));
        svg.Rectangle(new SvgBox(area.X, area.Y, area.Width, area.Height), "#ECEFF1", new SvgStroke(ChartColors.WhiteTemplateText));
        DrawLabels(svg, area, labels);
        foreach (HierarchyBracket bracket in plan.Brackets)
        {
            double[] line =
            [
                area.Across(bracket.FirstHeight), area.Down(bracket.FirstPlace),
                area.Across(bracket.Height), area.Down(bracket.FirstPlace),
                area.Across(bracket.Height), area.Down(bracket.SecondPlace),
                area.Across(bracket.SecondHeight), area.Down(bracket.SecondPlace),
            ];
            svg.Polyline(line, bracket.Color, 2, hover: string.Create(CultureInfo.InvariantCulture, $"Distance: {bracket.Height:0.####}"));
        }

        return svg.Finish();
    }

    /// <summary>Returns the dendrogram and the labels of its leaves from top to bottom.</summary>
    internal static (HierarchyPlan Plan, string[] Labels) Plan(
        IReadOnlyList<Topic> topics,
        CsrMatrix<double> termWeights,
        HierarchyOptions options,
        CancellationToken cancellationToken = default)
    {
        Topic[] shown = [.. TopicSelection.Select(topics, options.TopicIds, options.LargestTopics)];
        int[] rows = RowsOf(topics, shown);
        SparseTarget target = new(termWeights);
        double[][] cosines = Array.ConvertAll(rows, row =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return target.Compare(row, termWeights);
        });

        // Rounding can lift a cosine above 1; a negative distance would flip the bracket.
        var distances = CondensedDistances.Create(shown.Length, (i, j) => Math.Max(0, 1 - cosines[j][rows[i]]), cancellationToken);
        var plan = HierarchyPlan.Of(distances, options.ColorThreshold, cancellationToken);
        return (plan, [.. plan.Leaves.Select(leaf => TopicLabel.Tick(shown[leaf]))]);
    }

    private static int[] RowsOf(IReadOnlyList<Topic> topics, Topic[] shown)
    {
        Dictionary<int, int> rowOf = new(topics.Count);
        for (int row = 0; row < topics.Count; row++)
        {
            rowOf.TryAdd(topics[row].Id, row);
        }

        return Array.ConvertAll(shown, topic => rowOf[topic.Id]);
    }

    private static void DrawLabels(SvgWriter svg, in PlotArea area, string[] labels)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            double y = area.Down(-5 - (10.0 * i));
            svg.Line(area.X - 5, y, area.X, y, ChartColors.WhiteTemplateText, 1);
            svg.Text(area.X - 8, y, labels[i], new SvgTextStyle(TickSize, ChartColors.WhiteTemplateText, "end"));
        }

        var ticks = LinearTicks.For(area.RangeX.Low, area.RangeX.High, area.Width, 80);
        for (int i = 0; i < ticks.Values.Length; i++)
        {
            double x = area.Across(ticks.Values[i]);
            svg.Line(x, area.Y + area.Height, x, area.Y + area.Height + 5, ChartColors.WhiteTemplateText, 1);
            svg.Text(
                x,
                area.Y + area.Height + 7,
                ticks.Labels[i],
                new SvgTextStyle(TickSize, ChartColors.WhiteTemplateText, "middle", SvgTextStyle.Below));
        }
    }
}
