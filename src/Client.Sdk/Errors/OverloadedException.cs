namespace TopicGrpc.Client.Errors;

/// <summary>
/// The server rejected the call because a queue or a quota is full; <see cref="TopicGrpcException.RetryAfter"/> is the delay to wait.
/// </summary>
public sealed class OverloadedException : TopicGrpcException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Human-readable message.</param>
    /// <param name="details">Details of the failure.</param>
    /// <param name="innerException">The transport failure, if any.</param>
    public OverloadedException(string message, ErrorDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
