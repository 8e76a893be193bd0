using TopicGrpc.Client.Errors;

namespace TopicGrpc.Explorer.Parts;

/// <summary>Why a view or an action failed, for the visitor.</summary>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Message">The message of the server.</param>
/// <param name="Violations">Broken rules by field; empty for most failures.</param>
/// <param name="NeedsSignIn">Whether the credential is no longer valid.</param>
/// <param name="IsTransient">Whether the same call may succeed later.</param>
public sealed record Failure(
    string Title,
    string Message,
    IReadOnlyList<FieldViolation> Violations,
    bool NeedsSignIn = false,
    bool IsTransient = false)
{
    /// <summary>Describes an exception of the client.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns>The failure.</returns>
    public static Failure Of(TopicGrpcException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        string title = exception switch
        {
            UnauthenticatedException => "Sign in again",
            PermissionDeniedException => "Not allowed",
            ModelNotFoundException or ResourceNotFoundException => "Not found",
            InvalidRequestException => "The server rejected the input",
            OverloadedException => "The server is busy",
            CallTimeoutException => "The server did not answer in time",
            ServerUnavailableException => "The server is unavailable",
            _ when exception.Status == TopicGrpcStatus.FailedPrecondition => "Not available",
            _ => "The call failed",
        };
        return new Failure(title, exception.Message, exception.Violations, exception is UnauthenticatedException, exception.IsTransient);
    }

    /// <summary>Describes input that the page itself rejects.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <returns>The failure.</returns>
    public static Failure OfInput(string message) => new("Check the input", message, []);
}
