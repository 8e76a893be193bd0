using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;
using Status = Google.Rpc.Status;

namespace TopicGrpc.Server.Contract;

/// <summary>Maps faults to the contract.</summary>
internal static class StatusMapping
{
    /// <summary>Maps a fault to a status message, for an item of a list.</summary>
    public static Status ToProto(ServiceException exception)
    {
        Status status = new() { Code = (int)exception.Code, Message = exception.Message };
        ErrorInfo info = new() { Domain = ErrorReasons.Domain, Reason = exception.Reason };
        foreach ((string key, string value) in exception.Metadata)
        {
            info.Metadata.Add(key, value);
        }

        status.Details.Add(Any.Pack(info));
        if (exception.Violations.Count > 0)
        {
            BadRequest request = new();
            request.FieldViolations.AddRange(exception.Violations.Select(
                static v => new BadRequest.Types.FieldViolation { Field = v.Field, Description = v.Description }));
            status.Details.Add(Any.Pack(request));
        }

        if (exception.RetryAfter is { } delay)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }));
        }

        return status;
    }

    /// <summary>
    /// Maps a fault to the exception that ends a call. The retry delay is also a trailer, because native gRPC clients read only that.
    /// </summary>
    public static RpcException ToRpc(ServiceException exception)
    {
        var rpc = ToProto(exception).ToRpcException();
        if (exception.RetryAfter is not { } delay)
        {
            return rpc;
        }

        Metadata trailers = [.. rpc.Trailers];
        trailers.Add(HeaderNames.RetryPushback, ((long)delay.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        return new RpcException(rpc.Status, trailers, rpc.Message);
    }
}
