namespace TopicGrpc.Client.Predictions;

/// <summary>Options of an explanation. Null means the server's default.</summary>
public sealed record ExplainOptions
{
    /// <summary>Topic to explain; null: the predicted topic or, for an outlier, the most probable one.</summary>
    public int? TopicId { get; init; }

    /// <summary>Whether to return the contribution of every word; Python <c>calculate_tokens</c>. Default false.</summary>
    public bool IncludeTokens { get; init; }

    /// <summary>Prediction mode.</summary>
    public PredictMode Mode { get; init; }

    /// <summary>See <see cref="PredictOptions.RoutingKey"/>.</summary>
    public string? RoutingKey { get; init; }

    /// <summary>Words per window, 1 to 1,000; Python <c>window</c>. Default 4.</summary>
    public int? Window { get; init; }

    /// <summary>Words between the starts of windows, 1 to 1,000; Python <c>stride</c>. Default 1.</summary>
    public int? Stride { get; init; }

    /// <summary>Similarities below this value count as 0; 0 to 1; Python <c>min_similarity</c>. Default 0.1.</summary>
    public double? MinSimilarity { get; init; }

    /// <summary>Whether to include shorter windows at both ends; Python <c>padding</c>. Default false.</summary>
    public bool Padding { get; init; }
}
