namespace TopicGrpc.Client.Predictions;

/// <summary>Where the time of a prediction went on the server.</summary>
/// <param name="Queue">Waiting for a turn.</param>
/// <param name="Encoding">Tokens and encoder.</param>
/// <param name="Assignment">Layout and cluster.</param>
public readonly record struct ServerTiming(TimeSpan Queue, TimeSpan Encoding, TimeSpan Assignment);
