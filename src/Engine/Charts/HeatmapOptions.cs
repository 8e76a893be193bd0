namespace TopicGrpc.Engine.Charts;

/// <summary>Settings of the similarity matrix; BERTopic's <c>visualize_heatmap</c>.</summary>
public sealed record HeatmapOptions
{
    /// <summary>Topics to show, in this order; Python <c>topics</c>. Default null: all, outliers left out.</summary>
    public IReadOnlyList<int>? TopicIds { get; init; }

    /// <summary>Without <see cref="TopicIds"/>, this many of the most frequent topics; Python <c>top_n_topics</c>. Null: all (default).</summary>
    public int? LargestTopics { get; init; }

    /// <summary>Title of the figure.</summary>
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
