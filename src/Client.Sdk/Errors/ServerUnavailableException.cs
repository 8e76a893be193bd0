namespace TopicGrpc.Client.Errors;

/// <summary>No server could be reached, or it is not ready, after all attempts.</summary>
public sealed class ServerUnavailableException : TopicGrpcException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Text for people.</param>
    /// <param name="details">What the server said.</param>
    /// <param name="innerException">The failure of the transport, if any.</param>
    public ServerUnavailableException(string message, ErrorDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
