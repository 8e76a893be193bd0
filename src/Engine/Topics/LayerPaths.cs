using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Clusters.Layers;
using TopicGrpc.Engine.Layout;

namespace TopicGrpc.Engine.Topics;

/// <summary>Topics of new documents in all layers of a model. Thread-safe.</summary>
internal sealed class LayerPaths
{
    private readonly TopicLayers _layers;
    private readonly UmapModel _layout;
    private readonly LayerLocator _locator;

    /// <summary>Topic of each cluster of each finer layer; −1 for a cluster without documents in the layer.</summary>
    private readonly int[][] _topicOf;

    public LayerPaths(TopicLayers layers, UmapModel layout, HdbscanModel clusters, FittedSample? sample)
    {
        _layers = layers;
        _layout = layout;
        _locator = new LayerLocator(clusters, layers.BaseSize, [.. layers.Finer.Select(static layer => layer.MinClusterSize)]);
        _topicOf = new int[layers.Finer.Count][];
        for (int layer = 0; layer < _topicOf.Length; layer++)
        {
            int[] assignments = layers.Finer[layer].Assignments;
            Dictionary<int, int> topics = [];
            int points = sample?.Rows.Length ?? assignments.Length;
            for (int point = 0; point < points; point++)
            {
                int row = sample?.Rows[point] ?? point;
                if (assignments[row] >= 0 && _locator.LabelOf(layer, point) is >= 0 and var label)
                {
                    topics[label] = assignments[row];
                }
            }

            int labels = topics.Keys.DefaultIfEmpty(-1).Max() + 1;
            _topicOf[layer] = [.. Enumerable.Range(0, labels).Select(label => topics.GetValueOrDefault(label, -1))];
        }
    }

    /// <summary>Returns the topic of each layer, finest first, for a document whose topic is known.</summary>
    public int[] Of(ReadOnlySpan<float> embedding, int topic)
    {
        int[] path = new int[_layers.Count];
        Array.Fill(path, -1);
        if (topic < 0)
        {
            return path;
        }

        for (int layer = _layers.OwnIndex; layer < path.Length; layer++)
        {
            path[layer] = _layers.AncestorOf(_layers.OwnIndex, topic, layer);
        }

        if (_topicOf.Length > 0)
        {
            Place(embedding, topic, path);
        }

        return path;
    }

    /// <summary>Returns the topic of each layer, finest first, of a training document.</summary>
    public int[] OfDocument(int row, int topic) =>
        [.. Enumerable.Range(0, _layers.Count).Select(layer => _layers.At(layer)?.Assignments[row] ?? topic)];

    private void Place(ReadOnlySpan<float> embedding, int topic, Span<int> path)
    {
        float[] position = new float[_layout.Embedding.Columns];
        _layout.Transform(embedding, position);
        double[] point = Array.ConvertAll(position, static value => (double)value);
        if (!Array.TrueForAll(point, double.IsFinite))
        {
            return;
        }

        Span<int> labels = stackalloc int[TopicLayers.MostLayers];
        _locator.Locate(point, labels);
        for (int layer = 0; layer < _topicOf.Length; layer++)
        {
            int label = labels[layer];
            int finer = (uint)label < (uint)_topicOf[layer].Length ? _topicOf[layer][label] : -1;

            // By centroid, after outlier reduction or after a merge, the topic can lie elsewhere in the tree.
            path[layer] = finer >= 0 && _layers.AncestorOf(layer, finer, _layers.OwnIndex) == topic ? finer : -1;
        }
    }
}
