using TopicGrpc.Client.Errors;

namespace TopicGrpc.Client.Predictions;

/// <summary>Outcome for one text of a batch or stream: a prediction or an error.</summary>
public sealed record PredictionOutcome
{
    /// <summary>The prediction; null if it failed.</summary>
    public Prediction? Prediction { get; init; }

    /// <summary>The error; null if the prediction succeeded.</summary>
    public TopicGrpcException? Error { get; init; }

    /// <summary>Whether the prediction succeeded.</summary>
    public bool Succeeded => Prediction is not null;

    /// <summary>Returns the prediction or throws the error.</summary>
    /// <returns>The prediction.</returns>
    /// <exception cref="TopicGrpcException">The prediction failed.</exception>
    public Prediction EnsureSucceeded() => Prediction ?? throw Error!;
}
