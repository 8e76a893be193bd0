namespace TopicGrpc.Client.Errors;

/// <summary>No server could be reached or was ready after all attempts.</summary>
public sealed class ServerUnavailableException : TopicGrpcException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Human-readable message.</param>
    /// <param name="details">Details of the failure.</param>
    /// <param name="innerException">The transport failure, if any.</param>
    public ServerUnavailableException(string message, ErrorDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
