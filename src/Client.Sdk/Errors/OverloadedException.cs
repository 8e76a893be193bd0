namespace TopicGrpc.Client.Errors;

/// <summary>The server refused the call because a queue or a rate is full; <see cref="TopicGrpcException.RetryAfter"/> says when to come back.</summary>
public sealed class OverloadedException : TopicGrpcException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Text for people.</param>
    /// <param name="details">What the server said.</param>
    /// <param name="innerException">The failure of the transport, if any.</param>
    public OverloadedException(string message, ErrorDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
