using System.Globalization;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>Chart of the similarity of topics as a matrix of colored squares; BERTopic's <c>visualize_heatmap</c>.</summary>
public static class HeatmapChart
{
    private const double TopMargin = 90;
    private const double TickSize = 12;
    private const double BarWidth = 20;
    private const double BarRoom = 110;

    /// <summary>Draws the chart. The same input gives the same bytes.</summary>
    /// <param name="topics">Topics of a model.</param>
    /// <param name="embeddings">Centroid of each topic, row by row.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels between rows.</param>
    /// <returns>An SVG document.</returns>
    /// <exception cref="ArgumentException">
    /// The inputs do not fit each other, a requested topic does not exist, or an option is out of range.
    /// </exception>
    public static string Render(
        IReadOnlyList<Topic> topics,
        Matrix embeddings,
        HeatmapOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(embeddings);
        if (embeddings.Rows != topics.Count)
        {
            throw new ArgumentException($"{topics.Count} topics need as many centroids; {embeddings.Rows} given.", nameof(embeddings));
        }

        HeatmapOptions settings = (options ?? new HeatmapOptions()).Validated();
        var plan = HeatmapPlan.Of(topics, embeddings, settings, cancellationToken);
        int count = Math.Max(1, plan.Labels.Count);
        double labels = plan.Labels.Select(label => TextWidth.Of(label, TickSize)).DefaultIfEmpty(0).Max() + 8;

        // Labels below the matrix are rotated by 45°, so their height is their width divided by √2.
        double foot = (labels / Math.Sqrt(2)) + 20;
        double side = Math.Max(50, Math.Min(settings.Width - labels - BarRoom, settings.Height - TopMargin - foot));
        double square = side / count;

        SvgWriter svg = new(settings.Width, settings.Height, settings.Title);
        svg.Text(
            settings.Width * 0.55,
            settings.Height * 0.05,
            settings.Title,
            new SvgTextStyle(22, ChartColors.Title, "middle", SvgTextStyle.Below, Bold: true));
        cancellationToken.ThrowIfCancellationRequested();
        double low = plan.Similarities.DefaultIfEmpty(0).Min();
        double high = plan.Similarities.DefaultIfEmpty(1).Max();
        DrawSquares(svg, plan, labels, square, low, high);
        DrawScale(svg, labels + side + 20, side, low, high);
        return svg.Finish();
    }

    private static void DrawSquares(SvgWriter svg, HeatmapPlan plan, double left, double square, double low, double high)
    {
        int count = plan.Labels.Count;
        double size = Math.Min(TickSize, square);
        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column < count; column++)
            {
                double value = plan.Similarities[(row * count) + column];
                string hover = string.Create(
                    CultureInfo.InvariantCulture, $"{plan.Labels[column]}\n{plan.Labels[row]}\nSimilarity Score: {value:0.####}");
                string fill = SimilarityScale.At(high > low ? (value - low) / (high - low) : 1);
                svg.Rectangle(new SvgBox(left + (column * square), TopMargin + (row * square), square, square), fill, hover: hover);
            }

            double middle = (row + 0.5) * square;
            svg.Text(left - 4, TopMargin + middle, plan.Labels[row], new SvgTextStyle(size, ChartColors.WhiteTemplateText, "end"));
            svg.Text(
                left + middle,
                TopMargin + (count * square) + 8,
                plan.Labels[row],
                new SvgTextStyle(size, ChartColors.WhiteTemplateText, "end", Rotation: -45));
        }
    }

    private static void DrawScale(SvgWriter svg, double x, double height, double low, double high)
    {
        const int Steps = 64;
        for (int i = 0; i < Steps; i++)
        {
            double share = (Steps - 1 - i) / (Steps - 1.0);

            // Half a pixel more than the step avoids visible seams.
            SvgBox box = new(x, TopMargin + (i * height / Steps), BarWidth, (height / Steps) + (i < Steps - 1 ? 0.5 : 0));
            svg.Rectangle(box, SimilarityScale.At(share));
        }

        svg.Text(
            x,
            TopMargin - 6,
            "Similarity Score",
            new SvgTextStyle(TickSize, ChartColors.WhiteTemplateText, BaselineShift: SvgTextStyle.Above));
        if (high > low)
        {
            var ticks = LinearTicks.For(low, high, height, 40);
            for (int i = 0; i < ticks.Values.Length; i++)
            {
                double y = TopMargin + ((high - ticks.Values[i]) / (high - low) * height);
                svg.Text(x + BarWidth + 4, y, ticks.Labels[i], new SvgTextStyle(TickSize, ChartColors.WhiteTemplateText));
            }
        }
    }
}
