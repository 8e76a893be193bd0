namespace TopicGrpc.Client.Errors;

/// <summary>The caller is known, but its role or its patterns do not allow the call.</summary>
public sealed class PermissionDeniedException : TopicGrpcException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Human-readable message.</param>
    /// <param name="details">Details of the failure.</param>
    /// <param name="innerException">The transport failure, if any.</param>
    public PermissionDeniedException(string message, ErrorDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
