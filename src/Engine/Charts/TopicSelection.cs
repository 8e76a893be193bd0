using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>Which topics a chart shows.</summary>
internal static class TopicSelection
{
    /// <summary>
    /// The topics asked for, in the order given; else the <paramref name="largest"/> most frequent ones by ascending id,
    /// the outliers left out.
    /// </summary>
    /// <exception cref="ArgumentException">A topic asked for is not in the model.</exception>
    public static IReadOnlyList<Topic> Select(IReadOnlyList<Topic> topics, IReadOnlyList<int>? ids, int? largest)
    {
        if (ids is not null)
        {
            return [.. ids.Select(id => topics.FirstOrDefault(topic => topic.Id == id)
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
