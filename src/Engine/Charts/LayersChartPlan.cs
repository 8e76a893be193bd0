using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>
/// Position of each topic in <see cref="LayersChart"/>: an interval inside that of its parent, as long as its number of documents.
/// </summary>
internal sealed class LayersChartPlan
{
    /// <summary>Finer layers with more topics are not drawn: their bars would be too thin to read.</summary>
    private const int MostFinerTopics = 200;

    private LayersChartPlan(IReadOnlyList<LayersChartBar> bars, int columns, double total, int finestTopics)
    {
        (Bars, Columns, Total, FinestTopics) = (bars, columns, total, finestTopics);
    }

    public IReadOnlyList<LayersChartBar> Bars { get; }

    /// <summary>Number of layers drawn.</summary>
    public int Columns { get; }

    /// <summary>Number of documents in topics.</summary>
    public double Total { get; }

    /// <summary>Number of topics of the finest layer drawn.</summary>
    public int FinestTopics { get; }

    public static LayersChartPlan Of(TopicModel model, TopicLayers layers)
    {
        int finest = layers.OwnIndex;
        while (finest > 0 && layers.Finer[finest - 1].Topics.Count <= MostFinerTopics)
        {
            finest--;
        }

        List<LayersChartBar> bars = [];
        Dictionary<TopicParent, LayersChartBar> placed = [];
        Dictionary<TopicParent, double> cursors = [];
        for (int layer = layers.Count - 1; layer >= finest; layer--)
        {
            TopicLayer? other = layers.At(layer);
            int count = other?.Topics.Count ?? layers.TopicParents.Count;
            for (int topic = 0; topic < count; topic++)
            {
                TopicParent parent = layers.ParentOf(layer, topic);
                LayersChartBar? above = placed.GetValueOrDefault(parent);
                double start = cursors.TryGetValue(parent, out double next) ? next : above?.Start ?? 0;
                (string name, int size) = other is null
                    ? (TopicLabel.Legend(model.Find(topic)!), model.Find(topic)!.Count)
                    : (other.Topics[topic].Name, other.Topics[topic].Count);
                LayersChartBar bar = new(
                    layers.Count - 1 - layer, start, size, name, above?.Color ?? topic, other?.Name ?? TopicLayers.OwnName);
                cursors[parent] = start + size;
                placed[new TopicParent(layer, topic)] = bar;
                bars.Add(bar);
            }
        }

        double total = layers.Count > 0 ? cursors.GetValueOrDefault(TopicParent.None) : 0;
        return new LayersChartPlan(bars, layers.Count - finest, total, layers.At(finest)?.Topics.Count ?? layers.TopicParents.Count);
    }
}
