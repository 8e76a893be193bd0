namespace TopicGrpc.Client.Predictions;

/// <summary>What an explanation is about. What is null takes the server's default.</summary>
public sealed record ExplainOptions
{
    /// <summary>Topic to explain; null: the one predicted or, for an outlier, the most probable one.</summary>
    public int? TopicId { get; init; }

    /// <summary>Say what every word contributes; Python <c>calculate_tokens</c>. Default false.</summary>
    public bool IncludeTokens { get; init; }

    /// <summary>How the topic is found.</summary>
    public PredictMode Mode { get; init; }

    /// <summary>See <see cref="PredictOptions.RoutingKey"/>.</summary>
    public string? RoutingKey { get; init; }

    /// <summary>Words in a window, 1 to 1000; Python <c>window</c>, 4.</summary>
    public int? Window { get; init; }

    /// <summary>Words from one window to the next, 1 to 1000; Python <c>stride</c>, 1.</summary>
    public int? Stride { get; init; }

    /// <summary>Similarities below count as 0, 0 to 1; Python <c>min_similarity</c>, 0.1.</summary>
    public double? MinSimilarity { get; init; }

    /// <summary>Use the shorter windows at both ends too; Python <c>padding</c>. Default false.</summary>
    public bool Padding { get; init; }
}
