using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using TopicGrpc.Client.Errors;
using TopicGrpc.Shared;

namespace TopicGrpc.Client.Testing.Calls;

/// <summary>Maps failures to the status that a server sends, with reason, delay and field violations as details.</summary>
internal static class StatusToWire
{
    public static RpcException Exception(ErrorDetails details, string message) => Map(details, message).ToRpcException();

    public static RpcException Exception(TopicGrpcStatus status, string reason, string message) =>
        Exception(new ErrorDetails { Status = status, Reason = reason }, message);

    public static RpcException NotScripted(string method, string how) => Exception(
        TopicGrpcStatus.Unimplemented, ErrorReasons.NotAvailable, $"The fake has no answer to {method}: {how}.");

    public static Google.Rpc.Status Map(TopicGrpcException failure) => Map(failure.Details, failure.Message);

    public static Google.Rpc.Status Map(ErrorDetails details, string message)
    {
        Google.Rpc.Status status = new() { Code = (int)details.Status, Message = message };
        if (details.Reason.Length > 0)
        {
            ErrorInfo info = new() { Domain = ErrorReasons.Domain, Reason = details.Reason };
            foreach ((string key, string value) in details.Metadata)
            {
                info.Metadata[key] = value;
            }

            status.Details.Add(Any.Pack(info));
        }

        if (details.RetryAfter is { } delay)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }));
        }

        if (details.Violations.Count > 0)
        {
            BadRequest fields = new();
            fields.FieldViolations.AddRange(details.Violations.Select(
                static violation => new BadRequest.Types.FieldViolation { Field = violation.Field, Description = violation.Description }));
            status.Details.Add(Any.Pack(fields));
        }

        return status;
    }
}
