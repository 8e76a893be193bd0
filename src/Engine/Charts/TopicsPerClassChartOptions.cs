namespace TopicGrpc.Engine.Charts;

/// <summary>Settings of the chart per class; BERTopic's <c>visualize_topics_per_class</c>.</summary>
public sealed record TopicsPerClassChartOptions
{
    /// <summary>Topics to show; Python <c>topics</c>. Default null: the most frequent topics, without the outlier topic.</summary>
    public IReadOnlyList<int>? TopicIds { get; init; }

    /// <summary>
    /// Number of most frequent topics to show if <see cref="TopicIds"/> is null; Python <c>top_n_topics</c>. 1 or more.
    /// Default 10.
    /// </summary>
    public int LargestTopics { get; init; } = 10;

    /// <summary>
    /// True to divide the frequencies of a topic by their Euclidean norm; Python <c>normalize_frequency</c>. Default false.
    /// </summary>
    public bool NormalizeFrequency { get; init; }

    /// <summary>Title of the figure. Default "Topics per Class".</summary>
    public string Title { get; init; } = "Topics per Class";

    /// <summary>Width in pixels. 300 to 10,000. Default 1250.</summary>
    public int Width { get; init; } = 1250;

    /// <summary>Height in pixels. 300 to 10,000. Default 900.</summary>
    public int Height { get; init; } = 900;

    internal TopicsPerClassChartOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(LargestTopics, 1);
        ArgumentNullException.ThrowIfNull(Title);
        ChartSize.Check(Width, Height);
        return this;
    }
}
