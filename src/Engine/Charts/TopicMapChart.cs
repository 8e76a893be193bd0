using System.Globalization;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>
/// The topics as circles, their area by size, like ones close to each other; BERTopic's <c>visualize_topics</c>. Their
/// places come from a UMAP of the topics' mean vectors with two neighbors, as in the reference.
/// </summary>
public static class TopicMapChart
{
    private const double Margin = 30;
    private const double TopMargin = 80;

    /// <summary>Radius of the largest circle: plotly's for a largest size of 40.</summary>
    private const double LargestRadius = 28.284271247461902;

    /// <summary>Draws the chart. The same input gives the same bytes.</summary>
    /// <param name="topics">Topics of a model.</param>
    /// <param name="embeddings">Centroid of each topic, row by row.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the layout.</param>
    /// <returns>An SVG document.</returns>
    /// <exception cref="ArgumentException">
    /// The inputs do not fit each other, a requested topic does not exist, or an option is out of range.
    /// </exception>
    public static string Render(
        IReadOnlyList<Topic> topics, Matrix embeddings, TopicMapOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(embeddings);
        if (embeddings.Rows != topics.Count)
        {
            throw new ArgumentException($"{topics.Count} topics need as many centroids; {embeddings.Rows} given.", nameof(embeddings));
        }

        TopicMapOptions settings = (options ?? new TopicMapOptions()).Validated();
        Topic[] shown =
        [
            .. TopicSelection.Select(topics, settings.TopicIds, settings.LargestTopics)
                .DistinctBy(topic => topic.Id)
                .OrderBy(topic => topic.Id),
        ];
        Matrix points = Places(topics, embeddings, shown, settings.Seed, cancellationToken);
        MapArea area = new(
            Margin,
            TopMargin,
            settings.Width - (2 * Margin),
            settings.Height - TopMargin - Margin,
            DocumentChartPlan.Range(points, 0),
            DocumentChartPlan.Range(points, 1));

        SvgWriter svg = new(settings.Width, settings.Height, settings.Title);
        svg.Text(
            settings.Width / 2.0,
            settings.Height * 0.05,
            settings.Title,
            new SvgTextStyle(22, ChartColors.Title, "middle", SvgTextStyle.Below, Bold: true));
        area.DrawCross(svg);
        area.DrawCrossNames(svg);
        int largest = shown.Select(topic => topic.Count).DefaultIfEmpty(1).Max();

        // Large circles first, so that none hides a smaller one.
        foreach (int place in Enumerable.Range(0, shown.Length).OrderByDescending(place => shown[place].Count))
        {
            Topic topic = shown[place];
            double x = area.Across(points.Row(place)[0]);
            double y = area.Down(points.Row(place)[1]);
            svg.Circle(
                x,
                y,
                LargestRadius * Math.Sqrt((double)topic.Count / Math.Max(1, largest)),
                Hover(topic),
                "#B0BEC5",
                new SvgStroke("#2F4F4F", 2));
            svg.Text(
                x,
                y,
                topic.Id.ToString(CultureInfo.InvariantCulture),
                new SvgTextStyle(10, ChartColors.SimpleTemplateText, "middle", Halo: true),
                Hover(topic));
        }

        return svg.Finish();
    }

    private static string Hover(Topic topic) => string.Create(
        CultureInfo.InvariantCulture,
        $"Topic {topic.Id}\n{string.Join(" | ", topic.Words.Take(5).Select(word => word.Term))}\nSize: {topic.Count}");

    private static Matrix Places(
        IReadOnlyList<Topic> topics, Matrix embeddings, Topic[] shown, long seed, CancellationToken cancellationToken)
    {
        Matrix rows = new(shown.Length, embeddings.Columns);
        for (int place = 0; place < shown.Length; place++)
        {
            int row = topics.Select((topic, row) => (topic.Id, row)).First(pair => pair.Id == shown[place].Id).row;
            embeddings.Row(row).CopyTo(rows.Row(place));
        }

        UmapOptions options = new() { NeighborCount = 2, MinDistance = 0.1, Seed = seed };
        return PlaneLayout.Compute(rows, options, ComputeOptions.Default, null, cancellationToken);
    }
}
