namespace TopicGrpc.Client.Errors;

/// <summary>The model, its version or its label does not exist.</summary>
public sealed class ModelNotFoundException : ResourceNotFoundException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Human-readable message.</param>
    /// <param name="details">Details of the failure.</param>
    /// <param name="innerException">The transport failure, if any.</param>
    public ModelNotFoundException(string message, ErrorDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
