namespace TopicGrpc.Client.Errors;

/// <summary>The request is wrong; <see cref="TopicGrpcException.Violations"/> names the fields and the limits.</summary>
public sealed class InvalidRequestException : TopicGrpcException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Text for people.</param>
    /// <param name="details">What the server said.</param>
    /// <param name="innerException">The failure of the transport, if any.</param>
    public InvalidRequestException(string message, ErrorDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
