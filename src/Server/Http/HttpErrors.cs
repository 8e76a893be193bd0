using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using ErrorDetailsReflection = Google.Rpc.ErrorDetailsReflection;
using RpcStatus = Google.Rpc.Status;

namespace TopicGrpc.Server.Http;

/// <summary>
/// Faults as HTTP responses: the status code of <c>google.rpc.Code</c>, and a <c>google.rpc.Status</c> with details as JSON.
/// </summary>
internal static class HttpErrors
{
    /// <summary>Types of the details.</summary>
    public static readonly TypeRegistry Types = TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor);

    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithTypeRegistry(Types));

    /// <summary>Writes a fault as the response.</summary>
    public static Task WriteAsync(HttpContext context, ServiceException fault)
    {
        SetRetryAfter(context, fault);
        return WriteAsync(context, StatusMapping.ToProto(fault));
    }

    /// <summary>Writes the status of a call that ended before its service as the response.</summary>
    public static Task WriteAsync(HttpContext context, RpcException exception) =>
        WriteAsync(
            context,
            exception.GetRpcStatus() ?? new RpcStatus { Code = (int)exception.StatusCode, Message = exception.Status.Detail });

    /// <summary>
    /// Sets the header <c>Retry-After</c>, which has whole seconds, if a retry is useful. A gRPC call has the delay in its trailers.
    /// </summary>
    public static void SetRetryAfter(HttpContext context, ServiceException fault)
    {
        if (fault.RetryAfter is { } delay && !context.Response.HasStarted && !IsGrpc(context.Request))
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Returns the HTTP status code of a gRPC status, as <c>google/rpc/code.proto</c> defines it.</summary>
    public static int StatusCodeOf(StatusCode code) => code switch
    {
        StatusCode.OK => StatusCodes.Status200OK,
        StatusCode.Cancelled => StatusCodes.Status499ClientClosedRequest,
        StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.OutOfRange => StatusCodes.Status400BadRequest,
        StatusCode.DeadlineExceeded => StatusCodes.Status504GatewayTimeout,
        StatusCode.NotFound => StatusCodes.Status404NotFound,
        StatusCode.AlreadyExists or StatusCode.Aborted => StatusCodes.Status409Conflict,
        StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
        StatusCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        StatusCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        StatusCode.Unimplemented => StatusCodes.Status501NotImplemented,
        StatusCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>Sets what every error as JSON has: HTTP status, content type and, without credentials, how to send them.</summary>
    public static void SetStatus(HttpContext context, StatusCode code)
    {
        context.Response.StatusCode = StatusCodeOf(code);
        context.Response.ContentType = "application/json; charset=utf-8";
        if (code == StatusCode.Unauthenticated)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }
    }

    /// <summary>Formats a status as JSON.</summary>
    public static string Format(RpcStatus status) => Formatter.Format(status);

    private static bool IsGrpc(HttpRequest request) =>
        request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    private static Task WriteAsync(HttpContext context, RpcStatus status)
    {
        SetStatus(context, (StatusCode)status.Code);
        return context.Response.WriteAsync(Format(status), context.RequestAborted);
    }
}
