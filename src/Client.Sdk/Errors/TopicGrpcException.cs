namespace TopicGrpc.Client.Errors;

/// <summary>A call failed. Derived types exist for the causes that a caller handles differently; everything else is this type.</summary>
/// <remarks>A cancelled token is never this exception but an <see cref="OperationCanceledException"/>.</remarks>
public class TopicGrpcException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Text for people.</param>
    /// <param name="details">What the server said.</param>
    /// <param name="innerException">The failure of the transport, if any.</param>
    public TopicGrpcException(string message, ErrorDetails details, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentNullException.ThrowIfNull(details);
        Details = details;
    }

    /// <summary>What the server said.</summary>
    public ErrorDetails Details { get; }

    /// <summary>Status of the call.</summary>
    public TopicGrpcStatus Status => Details.Status;

    /// <summary>Machine-readable cause, such as <c>MODEL_NOT_FOUND</c>; empty when the server gave none.</summary>
    public string Reason => Details.Reason;

    /// <summary>Time the server asks to wait; null when it did not ask.</summary>
    public TimeSpan? RetryAfter => Details.RetryAfter;

    /// <summary>Refused fields; empty unless the request is wrong.</summary>
    public IReadOnlyList<FieldViolation> Violations => Details.Violations;

    /// <summary>Whether the same call may succeed later without a change.</summary>
    public bool IsTransient => Status is TopicGrpcStatus.Unavailable or TopicGrpcStatus.ResourceExhausted or TopicGrpcStatus.DeadlineExceeded;
}
