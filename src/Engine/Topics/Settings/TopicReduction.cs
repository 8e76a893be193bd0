namespace TopicGrpc.Engine.Topics.Settings;

/// <summary>How many topics a reduction aims at; Python <c>nr_topics</c>.</summary>
/// <param name="Count">Topics, the outlier topic counted when there is one (as in BERTopic); 0: see <paramref name="Automatic"/>.</param>
/// <param name="Automatic">Merge topics that HDBSCAN finds to be alike; Python <c>"auto"</c>.</param>
public readonly record struct TopicReduction(int Count, bool Automatic)
{
    /// <summary>No reduction.</summary>
    public static TopicReduction None => default;

    /// <summary>Merge topics that are alike, however many remain.</summary>
    public static TopicReduction Auto => new(0, Automatic: true);

    /// <summary>A number of topics.</summary>
    /// <param name="count">2 or more, the outlier topic counted.</param>
    /// <returns>The target.</returns>
    public static TopicReduction To(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        return new TopicReduction(count, Automatic: false);
    }
}
