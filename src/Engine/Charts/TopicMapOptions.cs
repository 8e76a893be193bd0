namespace TopicGrpc.Engine.Charts;

/// <summary>Settings of the map of topics; BERTopic's <c>visualize_topics</c>.</summary>
public sealed record TopicMapOptions
{
    /// <summary>Topics to show; Python <c>topics</c>. Default null: all but the outlier topic.</summary>
    public IReadOnlyList<int>? TopicIds { get; init; }

    /// <summary>
    /// Number of most frequent topics to show if <see cref="TopicIds"/> is null; Python <c>top_n_topics</c>. Default null:
    /// all.
    /// </summary>
    public int? LargestTopics { get; init; }

    /// <summary>Random seed of the layout. Default 42, as in BERTopic.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>Title of the figure. Default "Intertopic Distance Map".</summary>
    public string Title { get; init; } = "Intertopic Distance Map";

    /// <summary>Width in pixels. 300 to 10,000. Default 650.</summary>
    public int Width { get; init; } = 650;

    /// <summary>Height in pixels. 300 to 10,000. Default 650.</summary>
    public int Height { get; init; } = 650;

    internal TopicMapOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(LargestTopics ?? 1, 1);
        ArgumentNullException.ThrowIfNull(Title);
        ChartSize.Check(Width, Height);
        return this;
    }
}
