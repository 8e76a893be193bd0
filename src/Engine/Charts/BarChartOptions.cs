namespace TopicGrpc.Engine.Charts;

/// <summary>Settings of the bar chart; BERTopic's <c>visualize_barchart</c>.</summary>
public sealed record BarChartOptions
{
    /// <summary>Topics to show, in this order; Python <c>topics</c>. Default null: see <see cref="LargestTopics"/>.</summary>
    public IReadOnlyList<int>? TopicIds { get; init; }

    /// <summary>
    /// Number of most frequent topics to show if <see cref="TopicIds"/> is null; Python <c>top_n_topics</c>. 1 or more.
    /// Default 8.
    /// </summary>
    public int LargestTopics { get; init; } = 8;

    /// <summary>Words per topic; Python <c>n_words</c>. 1 or more. Default 5.</summary>
    public int WordCount { get; init; } = 5;

    /// <summary>Title of the figure. Default "Topic Word Scores".</summary>
    public string Title { get; init; } = "Topic Word Scores";

    /// <summary>Width of each of the four columns in pixels. 100 to 5,000. Default 250.</summary>
    public int Width { get; init; } = 250;

    /// <summary>Height of a row in pixels. 100 to 5,000. Default 250. BERTopic makes a single row 1.3 times as high.</summary>
    public int Height { get; init; } = 250;

    /// <summary>
    /// True to enlarge the rows and reduce the font size for more than nine words; Python <c>autoscale</c>. Default false.
    /// </summary>
    public bool AutoScale { get; init; }

    internal BarChartOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(LargestTopics, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(WordCount, 1);
        ArgumentNullException.ThrowIfNull(Title);
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Width, 5000);
        ArgumentOutOfRangeException.ThrowIfLessThan(Height, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Height, 5000);
        return this;
    }
}
