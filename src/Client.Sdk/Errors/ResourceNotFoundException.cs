namespace TopicGrpc.Client.Errors;

/// <summary>A named resource does not exist: a corpus, a fit, a topic or a model.</summary>
public class ResourceNotFoundException : TopicGrpcException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Human-readable message.</param>
    /// <param name="details">Details of the failure.</param>
    /// <param name="innerException">The transport failure, if any.</param>
    public ResourceNotFoundException(string message, ErrorDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
