using TopicGrpc.Engine.Topics.Grouping;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// Merges the topics to those of a coarser layer. A topic merged from several topics takes the uid of the layer's topic.
/// </summary>
/// <param name="Layer">Name of a coarser layer; see <see cref="TopicLayers"/>.</param>
public sealed record ReduceToLayer(string Layer) : TopicOperation
{
    /// <inheritdoc/>
    public override string Name => "reduce_topics";

    private protected override TopicModelState Apply(OperationInput input)
    {
        TopicLayers layers = input.Model.Layers
            ?? throw new InvalidOperationException("The model has no layers. Reduce it to a number of topics instead.");
        int index = layers.IndexOf(Layer);
        if (index <= layers.OwnIndex)
        {
            string known = string.Join(", ", layers.Coarser.Select(static layer => layer.Name));
            throw new ArgumentException(
                $"\"{Layer}\" is not a coarser layer of the model; its coarser layers are: {(known.Length == 0 ? "none" : known)}.");
        }

        int[] groups = new int[layers.TopicParents.Count];
        for (int topic = 0; topic < groups.Length; topic++)
        {
            groups[topic] = layers.AncestorOf(layers.OwnIndex, topic, index);
        }

        IReadOnlyList<LayerTopic> targets = layers.At(index)!.Topics;
        TopicPlan plan = input.Plan.Merge(groups);
        return input.Merged(plan, input.Model.Options, topics => Named(topics, groups, targets, plan.FromBefore));
    }

    private static IReadOnlyList<Topic> Named(
        IReadOnlyList<Topic> topics, int[] groups, IReadOnlyList<LayerTopic> targets, int[] next)
    {
        var merged = groups.CountBy(static group => group).Where(static pair => pair.Value > 1).Select(static pair => pair.Key).ToHashSet();
        Dictionary<int, string> uids = [];
        for (int topic = 0; topic < groups.Length; topic++)
        {
            if (merged.Contains(groups[topic]))
            {
                uids[next[topic]] = targets[groups[topic]].Uid;
            }
        }

        return [.. topics.Select(topic => uids.TryGetValue(topic.Id, out string? uid) ? topic with { Uid = uid } : topic)];
    }
}
