namespace TopicGrpc.Engine.Charts;

/// <summary>Settings of the dendrogram; BERTopic's <c>visualize_hierarchy</c> with orientation "left".</summary>
public sealed record HierarchyOptions
{
    /// <summary>Topics to show; Python <c>topics</c>. Default null: all but the outlier topic.</summary>
    public IReadOnlyList<int>? TopicIds { get; init; }

    /// <summary>
    /// Number of most frequent topics to show if <see cref="TopicIds"/> is null; Python <c>top_n_topics</c>. Default null:
    /// all.
    /// </summary>
    public int? LargestTopics { get; init; }

    /// <summary>Distance below which merges are colored by group; Python <c>color_threshold</c>. 0 or more. Default 1.</summary>
    public double ColorThreshold { get; init; } = 1;

    /// <summary>Title of the figure. Default "Hierarchical Clustering".</summary>
    public string Title { get; init; } = "Hierarchical Clustering";

    /// <summary>Width in pixels. 300 to 10,000. Default 1000. The height is 200 + 15 per topic.</summary>
    public int Width { get; init; } = 1000;

    internal HierarchyOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(LargestTopics ?? 1, 1);
        if (!(ColorThreshold >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(ColorThreshold), ColorThreshold, "ColorThreshold must be 0 or more.");
        }

        ArgumentNullException.ThrowIfNull(Title);
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 300);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Width, 10_000);
        return this;
    }
}
