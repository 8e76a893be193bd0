namespace TopicGrpc.Client.Errors;

/// <summary>What a server said about a failure, without a type of the transport.</summary>
public sealed record ErrorDetails
{
    /// <summary>Status of the call.</summary>
    public TopicGrpcStatus Status { get; init; } = TopicGrpcStatus.Unknown;

    /// <summary>Machine-readable cause in upper snake case, such as <c>MODEL_NOT_FOUND</c>; empty when the server gave none.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Facts that belong to <see cref="Reason"/>, such as the limit and the actual value.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Time the server asks to wait before the next attempt; null when it did not ask.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Refused fields; empty unless the request is wrong.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; init; } = [];

    /// <summary>Attempts made for the call, 1 or more.</summary>
    public int Attempts { get; init; } = 1;
}
