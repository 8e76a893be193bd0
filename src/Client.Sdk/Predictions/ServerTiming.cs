namespace TopicGrpc.Client.Predictions;

/// <summary>Times of a prediction on the server; for a batch, summed over its texts.</summary>
public readonly record struct ServerTiming
{
    /// <summary>Time in the queue of the encoder.</summary>
    public TimeSpan Queue { get; init; }

    /// <summary>Tokenization of the text.</summary>
    public TimeSpan Tokenization { get; init; }

    /// <summary>Execution of the encoder.</summary>
    public TimeSpan Inference { get; init; }

    /// <summary>Assignment of the embedding to a topic.</summary>
    public TimeSpan Assignment { get; init; }

    /// <summary>Time from the arrival of the request to the response.</summary>
    public TimeSpan Total { get; init; }
}
