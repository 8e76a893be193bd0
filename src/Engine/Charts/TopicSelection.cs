using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>Selection of the topics of a chart.</summary>
internal static class TopicSelection
{
    /// <summary>
    /// Returns the requested topics in the given order, or the <paramref name="largest"/> most frequent topics by ascending
    /// id, without the outlier topic.
    /// </summary>
    /// <exception cref="ArgumentException">A requested topic is not in the model.</exception>
    public static IReadOnlyList<Topic> Select(IReadOnlyList<Topic> topics, IReadOnlyList<int>? ids, int? largest)
    {
        if (ids is not null)
        {
            Dictionary<int, Topic> byId = new(topics.Count);
            foreach (Topic topic in topics)
            {
                byId.TryAdd(topic.Id, topic);
            }

            return [.. ids.Select(id => byId.GetValueOrDefault(id)
                ?? throw new ArgumentException($"Topic {id} is not in the model.", nameof(ids)))];
        }

        IEnumerable<Topic> frequent = topics
            .Where(topic => topic.Id >= 0)
            .OrderByDescending(topic => topic.Count)
            .ThenBy(topic => topic.Id)
            .Take(largest ?? int.MaxValue);
        return [.. frequent.OrderBy(topic => topic.Id)];
    }
}
