namespace TopicGrpc.Engine.Topics.Lineage;

/// <summary>
/// Lets a model that was fitted anew go on with the uids of models before it. A topic takes over the uid of the topic
/// that it is the same as: each holds more than half of the other's documents (<see cref="TopicLinks"/> says which
/// count), or, where the models share too few, their mean vectors are clearly the nearest both ways. All else keeps
/// the uid of its own.
/// </summary>
public static class TopicLineage
{
    /// <summary>Takes over uids.</summary>
    /// <param name="model">Model fitted anew.</param>
    /// <param name="predecessors">Models before it; what the first does not know is looked for in the next.</param>
    /// <returns>The same model with those uids.</returns>
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

        return taken.Count == 0 ? model : new TopicModel((model.State with
        {
            // A topic whose own uid another topic inherited gets a new one.
            Topics = [.. model.Topics.Select(topic => topic.Id < 0 ? topic : topic with { Uid = inherited[topic.Id] ?? (taken.Contains(topic.Uid) ? "" : topic.Uid) })],
        }).WithUids());
    }
}
