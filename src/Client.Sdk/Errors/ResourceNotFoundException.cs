namespace TopicGrpc.Client.Errors;

/// <summary>Something that the request names does not exist: a corpus, a fit, a topic, a model.</summary>
public class ResourceNotFoundException : TopicGrpcException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Text for people.</param>
    /// <param name="details">What the server said.</param>
    /// <param name="innerException">The failure of the transport, if any.</param>
    public ResourceNotFoundException(string message, ErrorDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
