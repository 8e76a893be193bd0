using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>
/// Placement of topic labels on a map that is drawn at zoom levels 0 to <see cref="MaxZoom"/>: each level doubles the pixels. A label has
/// a fixed center, the median of its topic's points on each axis, and a fixed size in pixels, so two labels that are disjoint at one zoom
/// are disjoint at every larger one. Greedy by topic size: a label appears at the least zoom at which it is disjoint from all labels
/// that were placed before it.
/// </summary>
public static class MapLabels
{
    /// <summary>Largest zoom for which labels are placed.</summary>
    public const int MaxZoom = 8;

    /// <summary>Pixels of the longer side of the map at zoom 0.</summary>
    public const int Pixels = 1024;

    /// <summary>Most topics that are considered, the largest first.</summary>
    public const int MaxTopics = 2000;

    private const double FontSize = 12;
    private const double LineHeight = 18;
    private const double Margin = 8;

    /// <summary>
    /// Places the labels. With layers, the labels of coarser layers replace those of the topics at the zoom levels at which the topics have
    /// too little room (<see cref="MapLabelLevels"/>). Outliers have no label.
    /// </summary>
    /// <param name="topics">Topics of the version.</param>
    /// <param name="assignments">Topic of each point.</param>
    /// <param name="map">The points.</param>
    /// <param name="layers">Topics at other resolutions; null: none.</param>
    /// <returns>
    /// Labels by layer, the model's own topics first; within a layer the largest topic first. A topic without a place has no label.
    /// </returns>
    /// <exception cref="ArgumentException">The numbers of points and of assignments differ.</exception>
    public static IReadOnlyList<MapLabel> Place(
        IReadOnlyList<Topic> topics, ReadOnlySpan<int> assignments, QuantizedMap map, TopicLayers? layers = null)
    {
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(map);
        if (assignments.Length != map.Count)
        {
            throw new ArgumentException($"{map.Count} points, but {assignments.Length} assignments.", nameof(assignments));
        }

        IReadOnlyList<MapLabel> own = PlaceLayer(topics.Select(MapLabelCandidate.Of), TopicLayers.OwnName, assignments, map);
        if (layers is null)
        {
            return own;
        }

        List<(IReadOnlyList<MapLabel> Labels, int TopicCount)> levels = [(own, topics.Count(static topic => topic.Id >= 0))];
        foreach (TopicLayer layer in layers.Coarser.Where(static layer => layer.Topics.Count > 1))
        {
            IEnumerable<MapLabelCandidate> candidates = layer.Topics.Select(MapLabelCandidate.Of);
            levels.Add((PlaceLayer(candidates, layer.Name, layer.Assignments, map), layer.Topics.Count));
        }

        return MapLabelLevels.Combine(levels);
    }

    private static List<MapLabel> PlaceLayer(
        IEnumerable<MapLabelCandidate> topics, string layer, ReadOnlySpan<int> assignments, QuantizedMap map)
    {
        MapLabelCandidate[] largest =
        [
            .. topics.Where(static topic => topic is { TopicId: >= 0, Count: > 0 })
                .OrderByDescending(static topic => topic.Count)
                .ThenBy(static topic => topic.TopicId)
                .Take(MaxTopics),
        ];
        Dictionary<int, (ushort X, ushort Y)> centers = Centers(largest, assignments, map);
        (double across, double down) = PixelsPerStep(map);
        List<MapLabel> labels = [];
        List<double> widths = [];
        foreach (MapLabelCandidate topic in largest)
        {
            if (!centers.TryGetValue(topic.TopicId, out (ushort X, ushort Y) center))
            {
                continue;
            }

            double width = TextWidth.Of(topic.Text, FontSize) + Margin;
            int zoom = 0;
            for (int other = 0; other < labels.Count; other++)
            {
                double scale = Math.Min(
                    (width + widths[other]) / 2 / (Math.Abs(center.X - labels[other].X) * across),
                    LineHeight / (Math.Abs(center.Y - labels[other].Y) * down));
                int disjoint = ZoomOf(scale);
                if (disjoint > labels[other].MinZoom)
                {
                    zoom = Math.Max(zoom, disjoint);
                }
            }

            if (zoom <= MaxZoom)
            {
                labels.Add(new MapLabel(topic.TopicId, topic.Text, center.X, center.Y, zoom, Layer: layer));
                widths.Add(width);
            }
        }

        return labels;
    }

    /// <summary>
    /// Returns the least zoom that enlarges the map at least by a scale; one more than <see cref="MaxZoom"/> if none does.
    /// </summary>
    private static int ZoomOf(double scale)
    {
        int zoom = 0;
        while (zoom <= MaxZoom && !(scale <= 1 << zoom))
        {
            zoom++;
        }

        return zoom;
    }

    private static (double Across, double Down) PixelsPerStep(QuantizedMap map)
    {
        double width = (double)map.X.High - map.X.Low;
        double height = (double)map.Y.High - map.Y.Low;
        double longer = Math.Max(width, height);
        return longer > 0
            ? (Pixels * width / longer / ushort.MaxValue, Pixels * height / longer / ushort.MaxValue)
            : (0, 0);
    }

    private static Dictionary<int, (ushort X, ushort Y)> Centers(
        MapLabelCandidate[] topics, ReadOnlySpan<int> assignments, QuantizedMap map)
    {
        Dictionary<int, (List<ushort> X, List<ushort> Y)> points = topics.ToDictionary(
            static topic => topic.TopicId, static topic => (new List<ushort>(topic.Count), new List<ushort>(topic.Count)));
        for (int row = 0; row < assignments.Length; row++)
        {
            if (points.TryGetValue(assignments[row], out (List<ushort> X, List<ushort> Y) own))
            {
                own.X.Add(map.Coordinates[2 * row]);
                own.Y.Add(map.Coordinates[(2 * row) + 1]);
            }
        }

        return points
            .Where(static pair => pair.Value.X.Count > 0)
            .ToDictionary(static pair => pair.Key, static pair => (Median(pair.Value.X), Median(pair.Value.Y)));
    }

    private static ushort Median(List<ushort> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
