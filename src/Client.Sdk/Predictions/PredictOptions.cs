namespace TopicGrpc.Client.Predictions;

/// <summary>What a prediction returns besides topic and probability.</summary>
public sealed record PredictOptions
{
    /// <summary>The default: topic and probability only.</summary>
    public static PredictOptions Default { get; } = new();

    /// <summary>Return the topic's words. Default false.</summary>
    public bool IncludeWords { get; init; }

    /// <summary>Return the probability of every topic. Default false.</summary>
    public bool IncludeProbabilities { get; init; }

    /// <summary>Return the embedding of the text. Default false.</summary>
    public bool IncludeEmbedding { get; init; }

    /// <summary>How the topic is found. Default: by density where the version can, else by centroid.</summary>
    public PredictMode Mode { get; init; }

    /// <summary>Requests of equal keys, such as a user's id, go to the same side of a traffic split; at most 128 bytes. Null: the text decides. Unused where a version or label is named.</summary>
    public string? RoutingKey { get; init; }
}
