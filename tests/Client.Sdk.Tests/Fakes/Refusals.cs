using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace TopicGrpc.Client.Sdk.Tests.Fakes;

/// <summary>Failures as the server sends them.</summary>
internal static class Refusals
{
    public static RpcException Make(
        StatusCode code,
        string reason,
        TimeSpan? retryAfter = null,
        string? pushback = null,
        (string Field, string Description)? violation = null)
    {
        Google.Rpc.Status status = new() { Code = (int)code, Message = $"{reason} for a test." };
        Add(status, new ErrorInfo { Reason = reason, Domain = "topicgrpc", Metadata = { ["limit"] = "7" } });
        if (retryAfter is not null)
        {
            Add(status, new RetryInfo { RetryDelay = Duration.FromTimeSpan(retryAfter.Value) });
        }

        if (violation is { } field)
        {
            Add(
                status,
                new BadRequest
                {
                    FieldViolations = { new BadRequest.Types.FieldViolation { Field = field.Field, Description = field.Description } },
                });
        }

        var failure = status.ToRpcException();
        Metadata trailers = [.. failure.Trailers];
        if (pushback is not null)
        {
            trailers.Add("grpc-retry-pushback-ms", pushback);
        }

        return new RpcException(failure.Status, trailers, failure.Message);
    }

    private static void Add(Google.Rpc.Status status, IMessage detail) => status.Details.Add(Any.Pack(detail));
}
