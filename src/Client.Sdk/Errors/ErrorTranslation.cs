using System.Security.Authentication;
using Google.Rpc;
using Grpc.Core;
using TopicGrpc.Shared;

namespace TopicGrpc.Client.Errors;

/// <summary>The one place where a failure of the transport becomes a typed exception, by status and reason, never by the text.</summary>
internal static class ErrorTranslation
{
    private static readonly HashSet<string> ModelReasons = new(StringComparer.Ordinal)
    {
        ErrorReasons.ModelNotFound, ErrorReasons.VersionNotFound, ErrorReasons.LabelNotFound,
    };

    public static TopicGrpcException ToException(RpcException failure, int attempts)
    {
        ErrorDetails details = Read(failure) with { Attempts = attempts };
        string message = TlsFailure(failure.Status.DebugException) is { } tls
            ? $"The TLS handshake with the server failed: {tls.Message}"
            : failure.Status.Detail;
        return ToException(message, details, failure);
    }

    /// <summary>Returns why the TLS handshake failed; null: it did not.</summary>
    private static AuthenticationException? TlsFailure(Exception? cause)
    {
        while (cause is not null and not AuthenticationException)
        {
            cause = cause.InnerException;
        }

        return cause as AuthenticationException;
    }

    public static TopicGrpcException ToException(string message, ErrorDetails details, Exception? inner)
    {
        return details.Status switch
        {
            TopicGrpcStatus.InvalidArgument => new InvalidRequestException(message, details, inner),
            TopicGrpcStatus.NotFound when ModelReasons.Contains(details.Reason) => new ModelNotFoundException(message, details, inner),
            TopicGrpcStatus.NotFound => new ResourceNotFoundException(message, details, inner),
            TopicGrpcStatus.ResourceExhausted => new OverloadedException(message, details, inner),
            TopicGrpcStatus.DeadlineExceeded => new CallTimeoutException(message, details, inner),
            TopicGrpcStatus.Unauthenticated => new UnauthenticatedException(message, details, inner),
            TopicGrpcStatus.PermissionDenied => new PermissionDeniedException(message, details, inner),
            TopicGrpcStatus.Unavailable => new ServerUnavailableException(message, details, inner),
            _ => new TopicGrpcException(message, details, inner),
        };
    }

    /// <summary>
    /// Whether the connection broke before the server answered. gRPC reports this as INTERNAL or CANCELLED, depending on the moment: both
    /// are also answers of servers, which have no exception. A rejected certificate stays what it is: no retry helps.
    /// </summary>
    public static bool IsBroken(RpcException failure) =>
        failure.StatusCode is StatusCode.Internal or StatusCode.Cancelled
            && failure.Status.DebugException is (IOException or HttpRequestException)
            && TlsFailure(failure.Status.DebugException) is null;

    public static CallTimeoutException Timeout(string method, TimeSpan limit, int attempts, Exception? inner) =>
        new(
            $"{method} did not answer within {limit.TotalSeconds:0.###} s ({attempts} attempts).",
            new ErrorDetails { Status = TopicGrpcStatus.DeadlineExceeded, Attempts = attempts },
            inner);

    /// <summary>Reads an error that travels inside an answer, such as that of one text of a batch.</summary>
    public static ErrorDetails Read(Google.Rpc.Status status)
    {
        ErrorInfo? info = status.GetDetail<ErrorInfo>();
        return new ErrorDetails
        {
            Status = ToStatus(status.Code),
            Reason = info?.Reason ?? "",
            Metadata =
                info is null ? new Dictionary<string, string>() : new Dictionary<string, string>(info.Metadata, StringComparer.Ordinal),
            RetryAfter = status.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan(),
            Violations =
                [.. (status.GetDetail<BadRequest>()?.FieldViolations ?? []).Select(static v => new FieldViolation(v.Field, v.Description))],
        };
    }

    private static ErrorDetails Read(RpcException failure)
    {
        Google.Rpc.Status? status = failure.GetRpcStatus();
        ErrorDetails details = status is null ? new ErrorDetails() : Read(status);
        return details with
        {
            Status = IsBroken(failure) ? TopicGrpcStatus.Unavailable : ToStatus((int)failure.StatusCode),
            RetryAfter = ServerDelay.Read(failure).Delay,
        };
    }

    private static TopicGrpcStatus ToStatus(int code) =>
        Enum.IsDefined((TopicGrpcStatus)code) ? (TopicGrpcStatus)code : TopicGrpcStatus.Unknown;
}
