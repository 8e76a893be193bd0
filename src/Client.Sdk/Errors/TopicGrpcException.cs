namespace TopicGrpc.Client.Errors;

/// <summary>A failed call. Derived types cover the causes that callers handle differently; all other failures have this type.</summary>
/// <remarks>A cancelled token is never this exception but an <see cref="OperationCanceledException"/>.</remarks>
public class TopicGrpcException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Human-readable message.</param>
    /// <param name="details">Details of the failure.</param>
    /// <param name="innerException">The transport failure, if any.</param>
    public TopicGrpcException(string message, ErrorDetails details, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentNullException.ThrowIfNull(details);
        Details = details;
    }

    /// <summary>Details of the failure.</summary>
    public ErrorDetails Details { get; }

    /// <summary>Status of the call.</summary>
    public TopicGrpcStatus Status => Details.Status;

    /// <summary>Machine-readable reason, such as <c>MODEL_NOT_FOUND</c>; empty if the server sent none.</summary>
    public string Reason => Details.Reason;

    /// <summary>Delay that the server requests before the next attempt; null for none.</summary>
    public TimeSpan? RetryAfter => Details.RetryAfter;

    /// <summary>Violations by field; empty unless the request is invalid.</summary>
    public IReadOnlyList<FieldViolation> Violations => Details.Violations;

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsTransient =>
        Status is TopicGrpcStatus.Unavailable or TopicGrpcStatus.ResourceExhausted or TopicGrpcStatus.DeadlineExceeded;
}
