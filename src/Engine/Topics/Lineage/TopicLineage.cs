using TopicGrpc.Engine.Topics.Layering;

namespace TopicGrpc.Engine.Topics.Lineage;

/// <summary>
/// Inheritance of uids by a refitted model. A topic inherits the uid of the same topic of an earlier model: each holds more than half
/// of the other's documents (<see cref="TopicLinks"/> defines which documents count) or, if the models share too few, each centroid is
/// clearly the nearest to the other. All other topics keep their own uids.
/// </summary>
public static class TopicLineage
{
    /// <summary>Returns the model with inherited uids.</summary>
    /// <param name="model">Refitted model.</param>
    /// <param name="predecessors">Earlier models. A topic without a match in one model is searched for in the next.</param>
    /// <returns>The model with inherited uids; the same model if it inherits none.</returns>
    public static TopicModel Continue(TopicModel model, IReadOnlyList<TopicModel> predecessors)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(predecessors);
        string?[] inherited = new string?[model.Topics.Count - model.OutlierOffset];
        HashSet<string> taken = [];
        foreach (TopicModel predecessor in predecessors)
        {
            var links = TopicLinks.Find(predecessor, model, new SharedDocuments(predecessor, model));
            for (int topic = 0; topic < inherited.Length; topic++)
            {
                int older = links.SameAs(topic);
                string? uid = older < 0 ? null : predecessor.Topics[older + predecessor.OutlierOffset].Uid;
                if (inherited[topic] is null && uid is not null && taken.Add(uid))
                {
                    inherited[topic] = uid;
                }
            }
        }

        TopicModel continued = taken.Count == 0
            ? model
            : new TopicModel((model.State with { Topics = [.. model.Topics.Select(Inherit)] }).WithUids());
        TopicModel? layered = predecessors.FirstOrDefault(static predecessor => predecessor.Layers is not null);
        return layered is null ? continued : LayerLineage.Continue(continued, layered);

        // A topic whose own uid another topic inherited gets a new one.
        Topic Inherit(Topic topic) => topic.Id < 0
            ? topic
            : topic with { Uid = inherited[topic.Id] ?? (taken.Contains(topic.Uid) ? "" : topic.Uid) };
    }
}
