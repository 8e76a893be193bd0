namespace TopicGrpc.Engine.Charts;

/// <summary>Settings of the lines over time; BERTopic's <c>visualize_topics_over_time</c>.</summary>
public sealed record TopicsOverTimeChartOptions
{
    /// <summary>Topics to show; Python <c>topics</c>. Default null: the most frequent ones, outliers left out.</summary>
    public IReadOnlyList<int>? TopicIds { get; init; }

    /// <summary>Without <see cref="TopicIds"/>, this many of the most frequent topics; Python <c>top_n_topics</c>. Null: all (default).</summary>
    public int? LargestTopics { get; init; }

    /// <summary>Divide the frequencies of a topic by their Euclidean length; Python <c>normalize_frequency</c>. Default false.</summary>
    public bool NormalizeFrequency { get; init; }

    /// <summary>Title of the figure.</summary>
    public string Title { get; init; } = "Topics over Time";

    /// <summary>Width in pixels. 300 to 10,000. Default 1250.</summary>
    public int Width { get; init; } = 1250;

    /// <summary>Height in pixels. 300 to 10,000. Default 450.</summary>
    public int Height { get; init; } = 450;

    internal TopicsOverTimeChartOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(LargestTopics ?? 1, 1);
        ArgumentNullException.ThrowIfNull(Title);
        ChartSize.Check(Width, Height);
        return this;
    }
}
