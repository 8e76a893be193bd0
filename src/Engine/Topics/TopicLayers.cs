namespace TopicGrpc.Engine.Topics;

/// <summary>
/// Topics of a model at other resolutions of its cluster tree. Finer layers divide the topics, coarser layers group them, so the layers of
/// a document form a path. Indices of a path count the finer layers, then the model's topics, then the coarser layers. An outlier of the
/// model is in no topic of any layer.
/// </summary>
/// <param name="BaseSize">Minimum cluster size of the tree of all layers.</param>
/// <param name="Finer">Finer layers, the finest first.</param>
/// <param name="Coarser">Coarser layers, the coarsest last.</param>
/// <param name="TopicParents">Parent of each topic of the model from 0.</param>
public sealed record TopicLayers(
    int BaseSize,
    IReadOnlyList<TopicLayer> Finer,
    IReadOnlyList<TopicLayer> Coarser,
    IReadOnlyList<TopicParent> TopicParents)
{
    /// <summary>Name of the layer of the model's own topics.</summary>
    public const string OwnName = "topics";

    /// <summary>Maximum number of layers in a path.</summary>
    public const int MostLayers = 11;

    /// <summary>Maximum number of topics of a layer.</summary>
    public const int MostTopics = 1000;

    /// <summary>Number of layers in a path, the model's topics included.</summary>
    public int Count => Finer.Count + 1 + Coarser.Count;

    /// <summary>Index of the model's topics in a path.</summary>
    public int OwnIndex => Finer.Count;

    /// <summary>Returns the layer at an index of a path; null for the model's own topics.</summary>
    /// <param name="index">Index from 0.</param>
    /// <returns>The layer or null.</returns>
    public TopicLayer? At(int index) =>
        index < Finer.Count ? Finer[index] : index == Finer.Count ? null : Coarser[index - Finer.Count - 1];

    /// <summary>Returns the index of the layer with this name; −1 if there is none.</summary>
    /// <param name="name">Name of a layer.</param>
    /// <returns>The index or −1.</returns>
    public int IndexOf(string name)
    {
        for (int index = 0; index < Count; index++)
        {
            if ((At(index)?.Name ?? OwnName) == name)
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>Returns the parent of a topic.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="topic">Number of the topic in it, from 0.</param>
    /// <returns>The parent, or <see cref="TopicParent.None"/>.</returns>
    public TopicParent ParentOf(int layer, int topic) => At(layer) is { } other ? other.Topics[topic].Parent : TopicParents[topic];

    /// <summary>Returns the topic of another layer that contains a topic.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="topic">Number of the topic in it, from 0.</param>
    /// <param name="coarser">Index of the other layer, <paramref name="layer"/> or more.</param>
    /// <returns>The topic; −1 if no topic of that layer contains it.</returns>
    public int AncestorOf(int layer, int topic, int coarser)
    {
        TopicParent at = new(layer, topic);
        while (at.Layer >= 0 && at.Layer < coarser)
        {
            at = ParentOf(at.Layer, at.Topic);
        }

        return at.Layer == coarser ? at.Topic : -1;
    }
}
