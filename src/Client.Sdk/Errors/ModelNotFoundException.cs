namespace TopicGrpc.Client.Errors;

/// <summary>The model, its version or its label does not exist.</summary>
public sealed class ModelNotFoundException : ResourceNotFoundException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Text for people.</param>
    /// <param name="details">What the server said.</param>
    /// <param name="innerException">The failure of the transport, if any.</param>
    public ModelNotFoundException(string message, ErrorDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
