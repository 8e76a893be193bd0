namespace TopicGrpc.Client.Topics;

/// <summary>How a chart is drawn. What is null takes the server's default.</summary>
public sealed record ChartOptions
{
    /// <summary>Width in pixels: of one panel for bars, 100 to 2000, default 250; of the map, 200 to 4000, default 1200.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels: of one panel for bars, 100 to 2000, default 250; of the map, 200 to 4000, default 750.</summary>
    public int? Height { get; init; }

    /// <summary>Topics drawn, the largest first, at most 200. Default 8 for bars, all for the map.</summary>
    public int? MaxTopics { get; init; }

    /// <summary>Exactly these topics; empty: <see cref="MaxTopics"/> decides.</summary>
    public IReadOnlyList<int> TopicIds { get; init; } = [];

    /// <summary>Words per topic in bars, 1 to 50. Default 5.</summary>
    public int? WordCount { get; init; }

    /// <summary>Share of the documents of each topic on the map, above 0 to 1. Default 1.</summary>
    public double? Sample { get; init; }

    /// <summary>Leave out the topics' names on the map.</summary>
    public bool HideAnnotations { get; init; }

    /// <summary>Leave out the texts shown under the pointer.</summary>
    public bool HideDocumentHover { get; init; }
}
