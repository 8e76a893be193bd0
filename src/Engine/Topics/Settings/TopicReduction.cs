namespace TopicGrpc.Engine.Topics.Settings;

/// <summary>Target of a topic reduction; Python <c>nr_topics</c>.</summary>
/// <param name="Count">Number of topics, including the outlier topic if there is one (as in BERTopic); 0 for none or automatic.</param>
/// <param name="Automatic">Whether to merge the topics that HDBSCAN puts into one cluster; Python <c>"auto"</c>.</param>
public readonly record struct TopicReduction(int Count, bool Automatic)
{
    /// <summary>No reduction.</summary>
    public static TopicReduction None => default;

    /// <summary>Merges similar topics; the number that remains is not fixed.</summary>
    public static TopicReduction Auto => new(0, Automatic: true);

    /// <summary>Returns a reduction to a number of topics.</summary>
    /// <param name="count">2 or more, including the outlier topic.</param>
    /// <returns>The target.</returns>
    public static TopicReduction To(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        return new TopicReduction(count, Automatic: false);
    }

    /// <exception cref="ArgumentOutOfRangeException">The number of topics is 1 or negative.</exception>
    internal TopicReduction Validated() => this == None || Automatic ? this : To(Count);
}
