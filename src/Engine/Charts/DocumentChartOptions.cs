namespace TopicGrpc.Engine.Charts;

/// <summary>Settings of the map of documents; BERTopic's <c>visualize_documents</c>.</summary>
public sealed record DocumentChartOptions
{
    /// <summary>Topics to color; Python <c>topics</c>. Topic −1 is never colored. Default null: see <see cref="LargestTopics"/>.</summary>
    public IReadOnlyList<int>? TopicIds { get; init; }

    /// <summary>Number of most frequent topics to color if <see cref="TopicIds"/> is null; null for all. 1 or more. Default 7.</summary>
    public int? LargestTopics { get; init; } = 7;

    /// <summary>
    /// Share of documents to draw, for topics of 100 documents or more; Python <c>sample</c>. Above 0; 1 or more draws all.
    /// Default 1.
    /// </summary>
    public double Sample { get; init; } = 1;

    /// <summary>Random seed of the sample, equivalent to <c>np.random.seed</c>. Default 42.</summary>
    public uint Seed { get; init; } = 42;

    /// <summary>True to omit the topic names at the mean of their documents; Python <c>hide_annotations</c>. Default false.</summary>
    public bool HideAnnotations { get; init; }

    /// <summary>True to omit the hover texts; Python <c>hide_document_hover</c>. Default false.</summary>
    public bool HideDocumentHover { get; init; }

    /// <summary>
    /// Maximum number of characters of a hover text; longer texts are truncated. 1 or more. Default 200, because full texts
    /// would make the file as large as the corpus.
    /// </summary>
    public int HoverLength { get; init; } = 200;

    /// <summary>Title of the figure. Default "Documents and Topics".</summary>
    public string Title { get; init; } = "Documents and Topics";

    /// <summary>Width in pixels. 300 to 10,000. Default 1200.</summary>
    public int Width { get; init; } = 1200;

    /// <summary>Height in pixels. 300 to 10,000. Default 750.</summary>
    public int Height { get; init; } = 750;

    internal DocumentChartOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(LargestTopics ?? 1, 1);
        if (!(Sample > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(Sample), Sample, "Sample must be above 0.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(HoverLength, 1);
        ArgumentNullException.ThrowIfNull(Title);
        ChartSize.Check(Width, Height);
        return this;
    }
}
