namespace TopicGrpc.Client.Errors;

/// <summary>What a server said about a failure, without a type of the transport.</summary>
public sealed record ErrorDetails
{
    /// <summary>Status of the call.</summary>
    public TopicGrpcStatus Status { get; init; } = TopicGrpcStatus.Unknown;

    /// <summary>Machine-readable reason in upper snake case, such as <c>MODEL_NOT_FOUND</c>; empty if the server sent none.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Data about <see cref="Reason"/>, such as the limit and the actual value.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Delay that the server requests before the next attempt; null for none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Violations by field; empty unless the request is invalid.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; init; } = [];

    /// <summary>Attempts made for the call, 1 or more.</summary>
    public int Attempts { get; init; } = 1;
}
