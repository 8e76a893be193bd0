namespace TopicGrpc.Client.Topics;

/// <summary>Options of a chart. Null means the server's default, which is BERTopic's.</summary>
public sealed record ChartOptions
{
    /// <summary>Width in pixels: of one panel for bars, 100 to 5000, default 250; of other charts, 300 to 10000.</summary>
    public int? Width { get; init; }

    /// <summary>
    /// Height in pixels: of one panel for bars, 100 to 5000, default 250; of other charts, 300 to 10000. Unused for a hierarchy.
    /// </summary>
    public int? Height { get; init; }

    /// <summary>
    /// Highest number of topics drawn, largest first, 1 to 1000. Default 8 for bars, 7 for the document map, 10 per class, otherwise all.
    /// </summary>
    public int? MaxTopics { get; init; }

    /// <summary>Topics drawn; empty: <see cref="MaxTopics"/> decides. Term rank draws all topics, and these in red.</summary>
    public IReadOnlyList<int> TopicIds { get; init; } = [];

    /// <summary>Words per topic in bars, 1 to 50. Default 5.</summary>
    public int? WordCount { get; init; }

    /// <summary>Share of the documents of each large topic on the document map, above 0 to 1. Default 1.</summary>
    public double? Sample { get; init; }

    /// <summary>Whether to omit topic names on the document map. Default false.</summary>
    public bool HideAnnotations { get; init; }

    /// <summary>Whether to omit the texts shown on hover. Default false.</summary>
    public bool HideDocumentHover { get; init; }

    /// <summary>Whether to use a logarithmic scale in term rank; Python <c>log_scale</c>. Default false.</summary>
    public bool LogScale { get; init; }

    /// <summary>
    /// Merges of a hierarchy below this distance are colored by group, 0 or more; Python <c>color_threshold</c>. Default 1.
    /// </summary>
    public double? ColorThreshold { get; init; }

    /// <summary>Number of bins of equal width over time, 1 to 1,000; Python <c>nr_bins</c>. Null: one bin per distinct time.</summary>
    public int? BinCount { get; init; }

    /// <summary>Attribute whose value is the class, for topics per class.</summary>
    public string? Attribute { get; init; }

    /// <summary>
    /// Whether to divide the frequencies of a topic by their Euclidean norm; Python <c>normalize_frequency</c>. Default false.
    /// </summary>
    public bool NormalizeFrequency { get; init; }

    /// <summary>Text of a distribution chart.</summary>
    public string? Text { get; init; }

    /// <summary>Smallest probability with a bar in a distribution chart, 0 to 1; Python <c>min_probability</c>. Default 0.015.</summary>
    public double? MinProbability { get; init; }
}
