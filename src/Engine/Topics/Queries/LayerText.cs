using System.Globalization;
using System.Text;

namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>Draws the coarser layers of a model and its topics as text.</summary>
public static class LayerText
{
    private const string Indent = "   ";

    /// <summary>Draws the layers.</summary>
    /// <param name="model">The model.</param>
    /// <returns>One line per topic, indented below its parent, with its number of documents; empty without coarser layers.</returns>
    public static string Draw(TopicModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Layers is not { Coarser.Count: > 0 } layers)
        {
            return string.Empty;
        }

        StringBuilder text = new();
        ILookup<TopicParent, TopicParent> children = Topics(layers)
            .ToLookup(topic => layers.ParentOf(topic.Layer, topic.Topic));
        Stack<(TopicParent Topic, int Depth)> open = new();
        Push(open, children[TopicParent.None], depth: 0);
        while (open.TryPop(out (TopicParent Topic, int Depth) next))
        {
            TopicLayer? layer = layers.At(next.Topic.Layer);
            (string name, int count) = layer is null
                ? (model.Find(next.Topic.Topic)!.Name, model.Find(next.Topic.Topic)!.Count)
                : (layer.Topics[next.Topic.Topic].Name, layer.Topics[next.Topic.Topic].Count);
            text.Insert(text.Length, Indent, next.Depth)
                .Append(CultureInfo.InvariantCulture, $"{name} ({layer?.Name ?? TopicLayers.OwnName}, {count})\n");
            Push(open, children[next.Topic], next.Depth + 1);
        }

        return text.ToString();
    }

    private static IEnumerable<TopicParent> Topics(TopicLayers layers)
    {
        for (int layer = layers.OwnIndex; layer < layers.Count; layer++)
        {
            int count = layers.At(layer)?.Topics.Count ?? layers.TopicParents.Count;
            for (int topic = 0; topic < count; topic++)
            {
                yield return new TopicParent(layer, topic);
            }
        }
    }

    private static void Push(Stack<(TopicParent Topic, int Depth)> open, IEnumerable<TopicParent> topics, int depth)
    {
        foreach (TopicParent topic in topics.Reverse())
        {
            open.Push((topic, depth));
        }
    }
}
