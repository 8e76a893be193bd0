using Google.Rpc;
using Grpc.Core;

namespace TopicGrpc.Server.Tests;

/// <summary>An error as a client of any language reads it.</summary>
internal static class Refusal
{
    /// <summary>Expects a call to be refused with a status and a reason.</summary>
    public static async Task<RpcException> ExpectAsync(StatusCode code, string reason, Func<Task> call)
    {
        RpcException exception = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(code, exception.StatusCode);
        ErrorInfo info = Assert.IsType<ErrorInfo>(exception.GetRpcStatus()?.GetDetail<ErrorInfo>());
        Assert.Equal("topicgrpc", info.Domain);
        Assert.Equal(reason, info.Reason);
        Assert.DoesNotContain(" at TopicGrpc.", exception.Status.Detail, StringComparison.Ordinal);
        return exception;
    }

    public static string[] Fields(RpcException exception) =>
        [.. exception.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(static violation => violation.Field)];
}
