namespace TopicGrpc.Client.Errors;

/// <summary>The time for the call, all attempts together, is over.</summary>
public sealed class CallTimeoutException : TopicGrpcException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Text for people.</param>
    /// <param name="details">What the server said.</param>
    /// <param name="innerException">The failure of the transport, if any.</param>
    public CallTimeoutException(string message, ErrorDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
