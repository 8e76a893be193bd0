namespace TopicGrpc.Client.Errors;

/// <summary>The server does not accept the credentials: they are missing, unknown, expired or revoked.</summary>
public sealed class UnauthenticatedException : TopicGrpcException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Human-readable message.</param>
    /// <param name="details">Details of the failure.</param>
    /// <param name="innerException">The transport failure, if any.</param>
    public UnauthenticatedException(string message, ErrorDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
