namespace TopicGrpc.Client.Predictions;

/// <summary>Where the time of a prediction went on the server; for a batch, summed over its texts.</summary>
public readonly record struct ServerTiming
{
    /// <summary>Waiting for a free executor.</summary>
    public TimeSpan Queue { get; init; }

    /// <summary>Cutting the text into tokens.</summary>
    public TimeSpan Tokenization { get; init; }

    /// <summary>Running the encoder.</summary>
    public TimeSpan Inference { get; init; }

    /// <summary>Placing the embedding in the layout and among the clusters.</summary>
    public TimeSpan Assignment { get; init; }

    /// <summary>From the arrival of the request to the finished answer.</summary>
    public TimeSpan Total { get; init; }
}
