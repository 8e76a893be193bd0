using TopicGrpc.Client.Errors;
using TopicGrpc.Shared;

namespace TopicGrpc.Client.Testing.Calls;

/// <summary>A scripted failure of a call. The client throws the exception that it throws for the same failure of a server.</summary>
/// <param name="Details">Status, reason, delay and violations. The client sets the number of attempts.</param>
/// <param name="Message">Human-readable message.</param>
public sealed record FakeFailure(ErrorDetails Details, string Message)
{
    /// <summary>Creates an <see cref="OverloadedException"/>, which the client retries after the delay.</summary>
    /// <param name="retryAfter">Delay that the server requests. Without a delay the client does not retry.</param>
    /// <returns>The failure.</returns>
    public static FakeFailure Overloaded(TimeSpan? retryAfter = null) => new(
        new ErrorDetails { Status = TopicGrpcStatus.ResourceExhausted, Reason = ErrorReasons.QueueFull, RetryAfter = retryAfter },
        "The queue is full.");

    /// <summary>Creates a <see cref="ServerUnavailableException"/>, which the client retries.</summary>
    /// <returns>The failure.</returns>
    public static FakeFailure Unavailable() => Of(TopicGrpcStatus.Unavailable, ErrorReasons.ServerDraining, "The server is shutting down.");

    /// <summary>Creates a <see cref="ModelNotFoundException"/>.</summary>
    /// <param name="model">Id of the model.</param>
    /// <returns>The failure.</returns>
    public static FakeFailure ModelNotFound(string model) =>
        Of(TopicGrpcStatus.NotFound, ErrorReasons.ModelNotFound, $"There is no model '{model}'.");

    /// <summary>Creates any other failure.</summary>
    /// <param name="status">Status; not <see cref="TopicGrpcStatus.Ok"/>.</param>
    /// <param name="reason">Machine-readable reason, such as <c>IN_USE</c>; empty for none.</param>
    /// <param name="message">Human-readable message.</param>
    /// <returns>The failure.</returns>
    public static FakeFailure Of(TopicGrpcStatus status, string reason = "", string message = "") => status == TopicGrpcStatus.Ok
        ? throw new ArgumentException("The status of a failure must not be Ok.", nameof(status))
        : new FakeFailure(new ErrorDetails { Status = status, Reason = reason }, message);
}
