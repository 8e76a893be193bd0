using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Errors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Contract;

/// <summary>Maps layers, their topics and paths to the contract.</summary>
internal static class LayerMapping
{
    /// <summary>Returns the error for a version without layers.</summary>
    public static ServiceException NotAvailable() => Fault.NotAvailable(
        "The version has no layers: it has no density tree, fewer than two topics, or was made by a server without layers.");

    public static IEnumerable<V1.TopicLayer> ToProto(TopicLayers layers, TopicModel model) =>
        Enumerable.Range(0, layers.Count).Select(index => layers.At(index) is { } layer
            ? new V1.TopicLayer
            {
                Layer = layer.Name,
                TopicCount = layer.Topics.Count,
                DocumentCount = layer.Topics.Sum(static topic => (long)topic.Count),
                MinClusterSize = layer.MinClusterSize,
            }
            : new V1.TopicLayer
            {
                Layer = TopicLayers.OwnName,
                TopicCount = model.Topics.Count - model.OutlierOffset,
                DocumentCount = model.Topics.Skip(model.OutlierOffset).Sum(static topic => (long)topic.Count),
            });

    /// <summary>Maps a topic of a layer.</summary>
    /// <param name="model">Model with layers.</param>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="topic">Number of the topic in it.</param>
    /// <param name="wordCount">Highest number of words; 0 for all.</param>
    public static V1.LayerTopic ToProto(TopicModel model, int layer, int topic, int wordCount)
    {
        TopicLayers layers = model.Layers!;
        V1.LayerTopic message = new() { TopicId = topic };
        if (layers.At(layer) is { } other)
        {
            Engine.Topics.LayerTopic found = other.Topics[topic];
            (message.Uid, message.TopicName, message.DocumentCount) = (found.Uid, found.Name, found.Count);
            message.Words.AddRange(TopicMapping.Words(found.Words, wordCount));
        }
        else
        {
            Engine.Topics.Topic own = model.Find(topic)!;
            (message.Uid, message.TopicName, message.DocumentCount) = (own.Uid, own.Name, own.Count);
            message.Words.AddRange(TopicMapping.Words(own.Words, wordCount));
        }

        TopicParent parent = layers.ParentOf(layer, topic);
        if (parent != TopicParent.None)
        {
            message.Parent = Reference(model, parent.Layer, parent.Topic);
        }

        return message;
    }

    /// <summary>Maps the path of a text; layers without a topic are omitted.</summary>
    public static IEnumerable<LayerTopicRef> Path(TopicModel model, IReadOnlyList<int> path)
    {
        for (int layer = 0; layer < path.Count; layer++)
        {
            if (path[layer] >= 0)
            {
                yield return Reference(model, layer, path[layer]);
            }
        }
    }

    private static LayerTopicRef Reference(TopicModel model, int layer, int topic)
    {
        if (model.Layers!.At(layer) is { } other)
        {
            Engine.Topics.LayerTopic found = other.Topics[topic];
            return new LayerTopicRef { Layer = other.Name, TopicId = topic, TopicUid = found.Uid, TopicName = found.Name };
        }

        Engine.Topics.Topic own = model.Find(topic)!;
        return new LayerTopicRef { Layer = TopicLayers.OwnName, TopicId = topic, TopicUid = own.Uid, TopicName = own.Name };
    }
}
