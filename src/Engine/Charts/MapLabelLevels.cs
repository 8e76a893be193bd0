namespace TopicGrpc.Engine.Charts;

/// <summary>
/// Zoom levels of the layers of a map. Exactly one layer has labels at each zoom: a layer takes over from the next coarser one at the least
/// zoom at which four of five of its topics have a place. Labels of different layers are never drawn together, so they need no room
/// beside each other.
/// </summary>
internal static class MapLabelLevels
{
    private const int PlacedOfFive = 4;

    /// <summary>Returns the labels of all layers with the zoom levels of their layer.</summary>
    /// <param name="levels">
    /// Labels of each layer and the number of its topics: the model's own topics first, the coarsest layer last.
    /// </param>
    public static IReadOnlyList<MapLabel> Combine(IReadOnlyList<(IReadOnlyList<MapLabel> Labels, int TopicCount)> levels)
    {
        List<(int Level, int First, int Last)> shown = [];
        int last = MapLabels.MaxZoom;
        for (int level = 0; level < levels.Count && last >= 0; level++)
        {
            int first = Math.Min(FirstZoom(levels[level].Labels, levels[level].TopicCount), last);
            shown.Add((level, first, last));
            last = first - 1;
        }

        // The coarsest layer that is shown has no predecessor, so it begins at the overview.
        shown[^1] = shown[^1] with { First = 0 };
        List<MapLabel> labels = [];
        foreach ((int level, int first, int end) in shown)
        {
            labels.AddRange(levels[level].Labels
                .Where(label => label.MinZoom <= end)
                .Select(label => label with { MinZoom = Math.Max(label.MinZoom, first), MaxZoom = end }));
        }

        return labels;
    }

    private static int FirstZoom(IReadOnlyList<MapLabel> labels, int topicCount)
    {
        int zoom = 0;
        while (zoom < MapLabels.MaxZoom && 5 * labels.Count(label => label.MinZoom <= zoom) < PlacedOfFive * topicCount)
        {
            zoom++;
        }

        return zoom;
    }
}
