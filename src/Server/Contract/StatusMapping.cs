using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;
using Status = Google.Rpc.Status;

namespace TopicGrpc.Server.Contract;

/// <summary>Errors as the contract carries them.</summary>
internal static class StatusMapping
{
    /// <summary>An error as a value, for an item of a list.</summary>
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
            request.FieldViolations.AddRange(exception.Violations.Select(v => new BadRequest.Types.FieldViolation { Field = v.Field, Description = v.Description }));
            status.Details.Add(Any.Pack(request));
        }

        if (exception.RetryAfter is { } delay)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }));
        }

        return status;
    }

    /// <summary>An error as the end of a call. The delay travels twice: native clients read the trailer only.</summary>
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
