namespace TopicGrpc.Client.Errors;

/// <summary>The request is invalid; <see cref="TopicGrpcException.Violations"/> names the fields and their limits.</summary>
public sealed class InvalidRequestException : TopicGrpcException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Human-readable message.</param>
    /// <param name="details">Details of the failure.</param>
    /// <param name="innerException">The transport failure, if any.</param>
    public InvalidRequestException(string message, ErrorDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
