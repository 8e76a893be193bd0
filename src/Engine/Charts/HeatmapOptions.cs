namespace TopicGrpc.Engine.Charts;

/// <summary>Settings of the similarity matrix; BERTopic's <c>visualize_heatmap</c>.</summary>
public sealed record HeatmapOptions
{
    /// <summary>Topics to show, in this order; Python <c>topics</c>. Default null: all but the outlier topic.</summary>
    public IReadOnlyList<int>? TopicIds { get; init; }

    /// <summary>
    /// Number of most frequent topics to show if <see cref="TopicIds"/> is null; Python <c>top_n_topics</c>. Default null:
    /// all.
    /// </summary>
    public int? LargestTopics { get; init; }

    /// <summary>Title of the figure. Default "Similarity Matrix".</summary>
    public string Title { get; init; } = "Similarity Matrix";

    /// <summary>Width in pixels. 300 to 10,000. Default 800.</summary>
    public int Width { get; init; } = 800;

    /// <summary>Height in pixels. 300 to 10,000. Default 800.</summary>
    public int Height { get; init; } = 800;

    internal HeatmapOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(LargestTopics ?? 1, 1);
        ArgumentNullException.ThrowIfNull(Title);
        ChartSize.Check(Width, Height);
        return this;
    }
}
