namespace TopicGrpc.Engine.Charts;

/// <summary>Settings of the term rank chart; BERTopic's <c>visualize_term_rank</c>.</summary>
public sealed record TermRankOptions
{
    /// <summary>Topics with a red line; Python <c>topics</c>. All topics are drawn. Default none.</summary>
    public IReadOnlyList<int> TopicIds { get; init; } = [];

    /// <summary>True for base-10 logarithms of the scores; Python <c>log_scale</c>. Default false.</summary>
    public bool Logarithmic { get; init; }

    /// <summary>Title of the figure. Default "Term score decline per Topic".</summary>
    public string Title { get; init; } = "Term score decline per Topic";

    /// <summary>Width in pixels. 300 to 10,000. Default 800.</summary>
    public int Width { get; init; } = 800;

    /// <summary>Height in pixels. 300 to 10,000. Default 500.</summary>
    public int Height { get; init; } = 500;

    internal TermRankOptions Validated()
    {
        ArgumentNullException.ThrowIfNull(TopicIds);
        ArgumentNullException.ThrowIfNull(Title);
        ChartSize.Check(Width, Height);
        return this;
    }
}
