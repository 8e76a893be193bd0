using TopicGrpc.Client.Errors;

namespace TopicGrpc.Client.Predictions;

/// <summary>The answer to one text of a batch: a prediction, or why there is none.</summary>
public sealed record PredictionOutcome
{
    /// <summary>The prediction; null when it failed.</summary>
    public Prediction? Prediction { get; init; }

    /// <summary>Why there is none; null when there is one.</summary>
    public TopicGrpcException? Error { get; init; }

    /// <summary>Whether there is a prediction.</summary>
    public bool Succeeded => Prediction is not null;

    /// <summary>Returns the prediction, or throws why there is none.</summary>
    /// <returns>The prediction.</returns>
    /// <exception cref="TopicGrpcException">There is none.</exception>
    public Prediction EnsureSucceeded() => Prediction ?? throw Error!;
}
