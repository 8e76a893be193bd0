using Google.Rpc;
using Grpc.Core;
using TopicGrpc.Shared;

namespace TopicGrpc.Load.Calls;

/// <summary>Details of rejected calls.</summary>
internal static class Rejections
{
    /// <summary>Returns whether a rejection has a reason and a retry delay, in the details and in the trailer.</summary>
    public static bool HaveDelay(RpcException rejection) => rejection.GetRpcStatus() is { } status
        && status.GetDetail<RetryInfo>() is not null
        && status.GetDetail<ErrorInfo>() is not null
        && rejection.Trailers.GetValue(HeaderNames.RetryPushback) is not null;
}
