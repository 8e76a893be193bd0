namespace TopicGrpc.Client.Predictions;

/// <summary>Options of a prediction.</summary>
public sealed record PredictOptions
{
    /// <summary>The default: topic and probability only.</summary>
    public static PredictOptions Default { get; } = new();

    /// <summary>Whether to return the words of the topic. Default false.</summary>
    public bool IncludeWords { get; init; }

    /// <summary>Whether to return the probability of every topic. Default false.</summary>
    public bool IncludeProbabilities { get; init; }

    /// <summary>Whether to return the embedding of the text. Default false.</summary>
    public bool IncludeEmbedding { get; init; }

    /// <summary>Whether to return the topic of each layer. Default false.</summary>
    public bool IncludePath { get; init; }

    /// <summary>Prediction mode. Default <see cref="PredictMode.Automatic"/>.</summary>
    public PredictMode Mode { get; init; }

    /// <summary>
    /// Whether to answer as if the text were not a document of the version, which otherwise keeps its topic. Default false.
    /// </summary>
    public bool AsNewText { get; init; }

    /// <summary>
    /// Routing key, such as a user id, at most 128 bytes: equal keys go to the same target of a traffic policy. Null: the text decides.
    /// Ignored if the selector names a version or label.
    /// </summary>
    public string? RoutingKey { get; init; }
}
