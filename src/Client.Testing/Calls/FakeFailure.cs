using TopicGrpc.Client.Errors;
using TopicGrpc.Shared;

namespace TopicGrpc.Client.Testing.Calls;

/// <summary>How a call fails. The client throws what it throws for a server that answers so.</summary>
/// <param name="Details">Status, reason, delay and fields; the number of attempts is the client's to count.</param>
/// <param name="Message">Text for people.</param>
public sealed record FakeFailure(ErrorDetails Details, string Message)
{
    /// <summary>The server is busy: an <see cref="OverloadedException"/>, retried after the delay.</summary>
    /// <param name="retryAfter">Delay that the server asks for; null: none, which the client does not retry.</param>
    /// <returns>The failure.</returns>
    public static FakeFailure Overloaded(TimeSpan? retryAfter = null) => new(
        new ErrorDetails { Status = TopicGrpcStatus.ResourceExhausted, Reason = ErrorReasons.QueueFull, RetryAfter = retryAfter }, "The queue is full.");

    /// <summary>The server is going down: a <see cref="ServerUnavailableException"/>, retried.</summary>
    /// <returns>The failure.</returns>
    public static FakeFailure Unavailable() => Of(TopicGrpcStatus.Unavailable, ErrorReasons.ServerDraining, "The server is going down.");

    /// <summary>There is no such model: a <see cref="ModelNotFoundException"/>.</summary>
    /// <param name="model">Id of the model.</param>
    /// <returns>The failure.</returns>
    public static FakeFailure ModelNotFound(string model) => Of(TopicGrpcStatus.NotFound, ErrorReasons.ModelNotFound, $"There is no model '{model}'.");

    /// <summary>Any other failure.</summary>
    /// <param name="status">Status; not <see cref="TopicGrpcStatus.Ok"/>.</param>
    /// <param name="reason">Machine-readable cause, such as <c>IN_USE</c>; empty for none.</param>
    /// <param name="message">Text for people.</param>
    /// <returns>The failure.</returns>
    public static FakeFailure Of(TopicGrpcStatus status, string reason = "", string message = "") => status == TopicGrpcStatus.Ok
        ? throw new ArgumentException("A failure has another status than Ok.", nameof(status))
        : new FakeFailure(new ErrorDetails { Status = status, Reason = reason }, message);
}
