namespace TopicGrpc.Client.Errors;

/// <summary>The call, including all attempts, exceeded its time limit.</summary>
public sealed class CallTimeoutException : TopicGrpcException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Human-readable message.</param>
    /// <param name="details">Details of the failure.</param>
    /// <param name="innerException">The transport failure, if any.</param>
    public CallTimeoutException(string message, ErrorDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
